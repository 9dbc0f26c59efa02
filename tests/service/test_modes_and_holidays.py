"""Arming holds at once, disarming waits; holidays go the same way. A file that cannot be used is put back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from service import client
from service.home import Home
from service.password import AdminPassword

RIGHT = "correct horse battery"
Start = Callable[..., Any]


@pytest.fixture
def guard(house: Any, sim: SimulatorProcess, guard_in: Start) -> Any:
    home: Path = house.home(sim)
    path = home / "accounts" / "alice.yaml"
    path.write_text(path.read_text().replace("mode: enforce", "mode: shadow   # trying it out"))
    AdminPassword(Home(home).password).set(RIGHT)
    guard = guard_in(home)
    guard.ready()
    return guard


def command(guard: Any, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{RIGHT}\n"))
    return int(run(["admin", *words, "--stdin", "--home", str(guard.home)]))


def test_arming_holds_at_once_disarming_waits_and_holidays_are_taken_over(
    guard: Any, eventually: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = guard.home / "accounts" / "alice.yaml"
    assert command(guard, monkeypatch, "arm", "alice", "--dry-run") == 0
    assert "mode: shadow" in path.read_text()

    assert command(guard, monkeypatch, "arm", "alice", "--yes") == 0
    assert "alice goes into mode enforce now" in capsys.readouterr().out
    assert "mode: enforce   # trying it out" in path.read_text(), "comments stay"
    eventually(lambda: guard.account()["mode"] == "enforce", 10, say=guard.log)

    assert command(guard, monkeypatch, "disarm", "alice", "--yes") == 0
    said = capsys.readouterr().out
    assert "alice goes into mode shadow from " in said
    assert "until then enforce" in said
    assert guard.account()["mode"] == "enforce"
    assert [act["text"].partition(" from ")[0] for act in guard.acts("admin")] == [
        "the admin puts this account into mode enforce",
        "the admin puts this account into mode shadow",
    ]
    assert command(guard, monkeypatch, "arm", "alice", "--yes") == 0, "which also takes back what waits"
    assert command(guard, monkeypatch, "arm", "alice", "--yes") == 9, "there is nothing to do any more"

    add = ("holidays", "add", "2026-11-25", "--closes", "closed", "--by", "maria", "--reason", "we go home")
    capsys.readouterr()
    assert command(guard, monkeypatch, *add) == 0
    assert "added: {date: 2026-11-25" in capsys.readouterr().out
    assert run(["admin", "holidays", "--home", str(guard.home)]) == 0
    assert capsys.readouterr().out == "2026-11-25  closed   all products\n"

    kept = (guard.home / "holidays.yaml").read_text()
    bad = {"date": "2026-13-01", "closes": "closed", "by": "m", "reason": "r"}
    with pytest.raises(client.AskRefused, match="cannot be added"):
        client.ask(guard.home, "admin", "holiday", password=RIGHT, **bad)
    assert (guard.home / "holidays.yaml").read_text() == kept

    (guard.home / "rulesets/limits/max_two.yaml").write_text("rule: max_two\nwhen: half wri")
    before = path.read_text()
    assert command(guard, monkeypatch, "disarm", "alice", "--yes") == 9
    assert "nothing was changed" in capsys.readouterr().err
    assert path.read_text() == before
