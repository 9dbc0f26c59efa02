"""A new API key: tried at the venue, in use at once, and never in place of one that works unless it works too."""

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from service import client, host
from service.password import AdminPassword

RIGHT = "correct horse battery"
WRONG_KEY = "a key that nobody knows"


@pytest.fixture
def home(house: Any, sim: SimulatorProcess) -> Iterator[Path]:
    """Run a guard as a service in this process, with a key that the venue does not know."""
    home: Path = house.home(sim)
    (home / "secrets" / "main.key").write_text("an old key, revoked\n")
    (home / "data").mkdir(mode=0o700)
    AdminPassword(home / "data" / "password").set(RIGHT)
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: host.run(home, stop=stop, ready=ready.set, as_service=True))
    thread.start()
    assert ready.wait(20)
    yield home
    stop.set()
    thread.join(10)


def set_key(home: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{RIGHT}\n{key}\n"))
    return int(run(["admin", "credentials", "set", "main", "--stdin", "--home", str(home)]))


def test_a_key_that_works_is_in_use_at_once_and_one_that_does_not_changes_nothing(
    home: Path,
    eventually: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = home / "secrets" / "main.key"
    eventually(lambda: "login:main" in alarms(home), 20)

    assert set_key(home, WRONG_KEY, monkeypatch) == 9
    said = capsys.readouterr().err
    assert "does not let the new key in" in said
    assert "the old key is in use" in said
    assert kept.read_text() == "an old key, revoked\n"
    assert list(kept.parent.iterdir()) == [kept]

    assert set_key(home, "demo-key", monkeypatch) == 0
    assert kept.read_text() == "demo-key\n"
    assert kept.stat().st_mode & 0o077 == 0
    eventually(lambda: client.read_status(home).document["accounts"][0]["synced_at"], 20)
    assert "login:main" not in alarms(home)

    assert set_key(home, WRONG_KEY, monkeypatch) == 9, "and the one that works stays in use"
    assert kept.read_text() == "demo-key\n"
    for path in home.rglob("*"):
        if path.is_file() and path != kept:
            content = path.read_bytes()
            assert b"demo-key" not in content, path
            assert WRONG_KEY.encode() not in content, path
    acts = client.read_acts(home)
    assert [act["text"] for act in acts if act["kind"] == "admin"] == [
        "the API key of login main was changed by the admin"
    ]


def alarms(home: Path) -> set[str]:
    return {alarm["code"] for alarm in client.read_status(home).document["daemon"]["alarms"]}


def test_an_unknown_login_is_told_which_there_are(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(client.AskRefused, match="no login `mian`") as refused:
        client.ask(home, "admin", "credentials", password=RIGHT, login="mian", key="x")
    assert refused.value.help == "logins: `main`"
