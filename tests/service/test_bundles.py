"""What leaves a home in one file: evidence without secrets, and backups that are no way out of a lock."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from engine.events import LockRequested
from service.home import Home
from service.password import AdminPassword
from service.store.audit import row_hash
from service.store.store import Store
from service.whole_backup import WholeBackupFailed, restore_home

Open = Callable[..., Any]
RIGHT = "correct horse battery"


@pytest.fixture
def step(doors_in: Open, tmp_path: Path) -> Any:
    made = doors_in()
    made.password.set(RIGHT)
    made.publisher.write()
    (tmp_path / "settings.yaml").write_text("gateways: {}\n")
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "alice.yaml").write_text("id: 1\n")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "main.key").write_text("an API key\n")
    return made


def command(step: Any, name: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{RIGHT}\n"))
    return int(run(["admin", name, *more, "--stdin", "--home", str(step.home.root)]))


def test_the_evidence_is_whole_proves_itself_and_holds_no_secret(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    step.bench.hold(1, 3)  # a breach

    assert command(step, "export", monkeypatch) == 0

    path = Path(capsys.readouterr().out.strip())
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    previous = "0" * 64
    rows = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
    stored = step.audit()
    for row, kept in zip(rows, stored, strict=False):
        assert (
            row["hash"]
            == kept.hash
            == row_hash(previous, (kept.seq, kept.at, kept.account, kept.kind, kept.body))
        )
        previous = row["hash"]
    assert manifest["audit"]["head"] == previous
    assert b"max_two" in files["decisions.jsonl"]
    assert {"locks.jsonl", "enforcements.jsonl", "journal.jsonl", "status/status.json"} <= set(files)
    whole = b"".join(files.values())
    assert b"an API key" not in whole
    assert b"argon2" not in whole


def test_a_backup_brings_a_lost_home_back_without_its_api_keys(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step.bench.hold(1, 3)
    assert command(step, "backup", monkeypatch) == 0
    path = Path(capsys.readouterr().out.strip())
    fresh = tmp_path / "fresh"

    assert run(["admin", "restore", str(path), "--home", str(fresh)]) == 0

    assert (fresh / "accounts" / "alice.yaml").read_text() == "id: 1\n"
    assert AdminPassword(fresh / "data" / "password").check(RIGHT).is_right
    assert not (fresh / "secrets" / "main.key").exists()
    again = Store(fresh / "data" / "state.sqlite")
    locks = again.connection.execute("SELECT account FROM locks WHERE ended_at IS NULL").fetchall()
    again.close()
    assert locks == [(1,)]


def test_a_restore_into_a_home_that_lives_leaves_its_store_its_password_and_its_locks(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(step, "backup", monkeypatch) == 0
    path = Path(capsys.readouterr().out.strip())
    now = step.bench.clock.now()
    step.house.on_engine(lambda: step.house.handle(LockRequested(now, 1, None, None, "a later lock")))
    (step.home.accounts / "alice.yaml").write_text("id: 2\n")
    before = step.home.store.read_bytes()

    assert command(step, "restore", monkeypatch, str(path)) == 0

    assert step.home.store.read_bytes() == before
    assert (step.home.accounts / "alice.yaml").read_text() == "id: 1\n"
    assert (step.home.data / "before-restore-1" / "accounts" / "alice.yaml").read_text() == "id: 2\n"
    assert "the store stayed as it was" in capsys.readouterr().err


def test_a_restore_needs_the_password_of_the_home(
    step: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command(step, "backup", monkeypatch)
    path = capsys.readouterr().out.strip()
    monkeypatch.setattr("sys.stdin", io.StringIO("a wrong guess\n"))

    assert run(["admin", "restore", path, "--stdin", "--home", str(tmp_path)]) == 9
    assert not (tmp_path / "data" / "before-restore-1").exists()


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/cron.d/x", "secrets/main.key", "data/other", "accounts/../../x"]
)
def test_a_file_that_no_backup_holds_is_refused_before_anything_moves(tmp_path: Path, name: str) -> None:
    path, root = tmp_path / "bad.zip", tmp_path / "home"
    root.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("backup.json", '{"schema": "risk.backup/1"}')
        archive.writestr(name, "x")

    with pytest.raises(WholeBackupFailed):
        restore_home(Home(root), path, root / "aside")

    assert list(root.iterdir()) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.zip", "home"]
