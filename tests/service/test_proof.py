"""The proof of the store: whatever is changed in it, in whichever row, is found and named."""

import random
import runpy
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.store.ends import Ends
from service.store.proof import Proof, prove
from service.store.rows import Stepped
from service.store.store import Store

MADE = runpy.run_path(str(Path(__file__).with_name("proof_store.py")))
ACCOUNT_ID, fill, outcome, fill_up = MADE["ACCOUNT_ID"], MADE["fill"], MADE["outcome"], MADE["fill_up"]
TABLES = ("audit", "journal", "decisions", "locks", "enforcements", "snapshots", "rulesets", "meta")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ends]:
    path = tmp_path_factory.mktemp("store") / "state.sqlite"
    return path, fill_up(path)


@pytest.fixture
def copy(whole: tuple[Path, Ends], tmp_path: Path) -> Path:
    return Path(shutil.copyfile(whole[0], tmp_path / "copy.sqlite"))


def proof_of(path: Path, *anchors: Ends) -> Proof:
    with closing(sqlite3.connect(path)) as connection:
        return prove(connection, anchors)


def mutations(connection: sqlite3.Connection) -> Iterator[tuple[str, int, str, object]]:
    """Yield every column of every row with a value that differs from what is there."""
    for table in TABLES:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        for rowid, *values in connection.execute(f"SELECT rowid, * FROM {table}").fetchall():  # noqa: S608
            for name, value in zip(columns, values, strict=True):
                yield table, rowid, name, _other(value)


def _other(value: object) -> object:
    if isinstance(value, int):
        return value + 1_000_000
    if isinstance(value, str) and value:
        return value[:-1] + ("1" if value[-1] == "0" else "0")
    return 5 if value is None else "x"


def test_a_change_in_any_column_of_any_row_is_found(whole: tuple[Path, Ends]) -> None:
    with closing(sqlite3.connect(whole[0], isolation_level=None)) as connection:
        assert prove(connection, [whole[1]]).damages == ()
        every = list(mutations(connection))
        chosen = random.Random(5).sample(every, 150)  # noqa: S311  a sample, no secret
        missed = [one for one in chosen if not _is_found(connection, one)]
        rows = sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)  # noqa: S608

    print(f"{len(chosen)} of {len(every)} changes in {rows} rows, {len(missed)} not found")  # noqa: T201
    assert rows > 900
    assert not missed


@pytest.mark.nightly
def test_each_change_of_each_column_of_each_row_is_found(whole: tuple[Path, Ends]) -> None:
    with closing(sqlite3.connect(whole[0], isolation_level=None)) as connection:
        every = list(mutations(connection))
        missed = [one for one in every if not _is_found(connection, one)]

    print(f"{len(every)} changes, {len(missed)} not found")  # noqa: T201
    assert not missed


def _is_found(connection: sqlite3.Connection, change: tuple[str, int, str, object]) -> bool:
    table, rowid, name, value = change
    connection.execute("BEGIN")
    try:
        connection.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (value, rowid))  # noqa: S608
        return bool(prove(connection).damages)
    except sqlite3.IntegrityError:
        return True  # no such row can be written
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(copy: Path, whole: tuple[Path, Ends], table: str) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        rowids = [row[0] for row in connection.execute(f"SELECT rowid FROM {table}")]  # noqa: S608
        for rowid in rowids[:: max(len(rowids) // 12, 1)]:
            connection.execute("BEGIN")
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608
            assert prove(connection, [whole[1]]).damages, f"{table} {rowid}"
            connection.execute("ROLLBACK")


def test_a_damaged_row_is_named(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("UPDATE audit SET body = body || ' ' WHERE seq = 17")
        connection.execute("UPDATE locks SET ended_at = 4 WHERE id = 'L3'")
        texts = [damage.text for damage in prove(connection).damages]

    assert any(text.startswith("row 17 of the audit trail (") for text in texts)
    assert "lock L3 of account 7 was changed" in texts


def test_rows_in_another_order_are_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("UPDATE audit SET seq = -1 WHERE seq = 20")
        connection.execute("UPDATE audit SET seq = 20 WHERE seq = 21")
        connection.execute("UPDATE audit SET seq = 21 WHERE seq = -1")

        assert prove(connection).damages


def test_a_tail_that_was_cut_off_is_found_by_the_end_that_was_written_down(
    copy: Path, whole: tuple[Path, Ends]
) -> None:
    ends = whole[1]
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("DELETE FROM journal WHERE seq = ?", (ends.event,))
        assert [damage.table for damage in prove(connection, [ends]).damages] == ["journal"]


def test_an_older_store_in_its_place_is_found_even_when_it_went_on_since(tmp_path: Path) -> None:
    path, old = tmp_path / "state.sqlite", tmp_path / "old.sqlite"
    store = Store(path)
    store.step("main", fill(1), [Stepped(ACCOUNT_ID, outcome(1))])
    store.close()
    shutil.copyfile(path, old)
    store = Store(path)
    store.step("main", fill(2), [Stepped(ACCOUNT_ID, outcome(2))])
    later = store.ends
    store.close()

    assert "an older database" in proof_of(old, later).damages[0].text

    store = Store(old)  # as if nothing had happened
    for number in (3, 4):
        store.step("main", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
    store.close()
    assert proof_of(old).damages == ()
    assert "another database" in proof_of(old, later).damages[0].text


def test_no_flipped_byte_changes_what_is_read_without_being_found(
    copy: Path, whole: tuple[Path, Ends]
) -> None:
    content, rng = copy.read_bytes(), random.Random(11)  # noqa: S311  places, no secrets
    original, found = dump(copy), 0
    for place in (rng.randrange(len(content)) for _ in range(80)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << rng.randrange(8)
        copy.write_bytes(flipped)
        if proof_of(copy, whole[1]).damages:
            found += 1
        else:  # it hit a place where nothing is kept
            assert dump(copy) == original, f"byte {place}"

    assert found > 30


def dump(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()  # noqa: S608  our own names
            for table in TABLES
        ]
