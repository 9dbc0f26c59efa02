"""The admin lifts locks, sets passwords; what the trader promised stays."""

import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from cli.app import run
from engine.events import LockRequested
from engine.units import HOUR, Instant

Open = Callable[..., Any]
RIGHT = "correct horse battery"
START = Instant(1_794_927_600_000_000)


@pytest.fixture
def step(doors_in: Open) -> Any:
    step = doors_in()
    step.password.set(RIGHT)
    return step


def lock_by(step: Any, by: str, until: Instant | None = None) -> str:
    step.house.on_engine(lambda: step.house.handle(LockRequested(step.house.clock.now(), 1, None, until, by)))
    (lock,) = (one for one in step.states()[1].locks.values() if one.by == by)
    return str(lock.id)


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_lock_is_lifted_at_once_and_the_trader_reads_who_and_why(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = lock_by(step, "the guard, whose store was damaged")
    typed(monkeypatch, RIGHT)

    code = run(
        ["admin", "unlock", "--account", "alice", "--reason", "by phone", "--yes", "--stdin", "--home",
         str(step.home.root)]
    )  # fmt: skip

    assert code == 0
    assert f"lifted {lock} account" in capsys.readouterr().out
    assert not step.states()[1].locks
    (row,) = step.trail()
    assert (row["verb"], row["code"], row["fields"]["reason"]) == ("unlock", "ok", "by phone")
    told = [text.message for _, outcome in step.bench.told for text in outcome.decisions]
    assert "lifted by the admin: by phone" in told


def test_a_dry_run_says_what_would_be_lifted_and_lifts_nothing(step: Any) -> None:
    lock = lock_by(step, "bob")

    answer = step.ask(
        "admin", "unlock", password=RIGHT, account="alice", reason="only looking", is_dry_run=True
    )

    assert [row["id"] for row in answer["would_lift"]] == [lock]
    assert list(step.states()[1].locks) == [lock]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"password": "wrong guess at it"}, "wrong_password"),
        ({"lock": "L99"}, "not_found"),
        ({"account": "bob"}, "not_found"),
        ({"account": "carol"}, "not_found"),
        ({"reason": " "}, "bad_request"),
    ],
)
def test_an_unlock_that_is_refused_changes_nothing_and_is_written_down(
    step: Any, fields: dict[str, Any], code: str
) -> None:
    lock_by(step, "bob")
    before = step.states()

    answer = step.ask(
        "admin", "unlock", **{"password": RIGHT, "account": "alice", "reason": "why not"} | fields
    )

    assert answer["code"] == code
    assert step.states() == before
    assert [row["code"] for row in step.trail()] == [code]


def test_what_the_trader_promised_for_a_time_no_password_lifts(step: Any) -> None:
    step.ask("trader", "lock", account="alice", until="2h")
    (promise,) = step.states()[1].locks
    other = lock_by(step, "bob")

    alone = step.ask("admin", "unlock", password=RIGHT, account="alice", reason="let me", lock=promise)
    both = step.ask("admin", "unlock", password=RIGHT, account="alice", reason="let me")

    assert (alone["code"], "promise" in alone["text"]) == ("policy", True)
    assert [row["id"] for row in both["lifted"]] == [other]
    assert [row["id"] for row in both["stays"]] == [promise]
    assert list(step.states()[1].locks) == [promise]
    step.bench.boot += 2 * HOUR + 1_000_000
    step.house.on_engine(lambda: None)
    step.publisher.write()
    assert not step.house.on_engine(lambda: step.bench.loop.once() or step.states()[1].locks)


def test_while_the_disk_fails_an_unlock_is_refused_and_the_lock_stays(step: Any) -> None:
    lock_by(step, "bob")
    with closing(sqlite3.connect(step.bench.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")

        answer = step.ask("admin", "unlock", password=RIGHT, account="alice", reason="let me")

    assert (answer["code"], "cannot be stored" in answer["text"]) == ("refused", True)
    assert step.states()[1].locks


def test_the_account_s_name_must_be_typed_on_a_terminal(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock_by(step, "bob")
    typed(monkeypatch, "alise")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    code = run(["admin", "unlock", "--account", "alice", "--reason", "hm hm", "--home", str(step.home.root)])

    assert code == 9
    assert "`alise` is not `alice`" in capsys.readouterr().err
    assert step.states()[1].locks


def test_a_running_guard_changes_the_password_and_writes_that_down(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = "staple and much more"
    typed(monkeypatch, RIGHT, new)

    assert run(["admin", "password", "--stdin", "--home", str(step.home.root)]) == 0

    assert step.password.check(new).is_right
    assert [(row["verb"], row["fields"]) for row in step.trail()] == [("password", {"new": "***"})]
    typed(monkeypatch, RIGHT, new)
    assert run(["admin", "password", "--stdin", "--home", str(step.home.root)]) == 9
    assert "this is not the admin password" in capsys.readouterr().err


def test_the_first_password_needs_none_and_a_second_first_one_is_refused(doors_in: Open) -> None:
    step = doors_in()

    assert step.ask("admin", "first_password", new=RIGHT)["ok"] is True
    assert step.ask("admin", "first_password", new="another one, longer")["code"] == "policy"
    assert step.password.check(RIGHT).is_right
    assert step.ask("admin", "password", password=RIGHT, new="short")["code"] == "refused"
    assert RIGHT not in json.dumps(step.trail())
