"""The audit trail of a real guard: what is in it, and what an admin is told when somebody changed the store."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess

ALICE = 9120345
Start = Callable[..., Any]


def breach(sim: SimulatorProcess, guard: Any, eventually: Start) -> None:
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(
        lambda: any(one["progress"] == "proven" for one in guard.acts("enforcement")), 20.0, say=guard.log
    )


def trail(home: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert run(["admin", "audit", "--json", "--home", str(home)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def verify(home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["admin", "audit", "verify", "--home", str(home)])
    return code, capsys.readouterr().out


def test_the_trail_names_starts_gaps_logins_settings_and_what_was_done(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Start,
    eventually: Start,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    breach(sim, guard, eventually)
    guard.kill()
    account = home / "accounts" / "alice.yaml"
    account.write_text(account.read_text().replace("mode: enforce", "mode: shadow"))
    again = guard_in(home)
    again.ready()
    eventually(lambda: [row for row in trail(home, capsys) if row["kind"] == "gap"], 15.0)
    again.stop()

    rows = trail(home, capsys)
    kinds = {row["kind"] for row in rows}
    bodies = {row["kind"]: row["body"] for row in rows}

    assert kinds >= {
        "start", "stop", "gap", "login", "rules", "settings", "decision", "lock", "command", "enforcement"
    }  # fmt: skip
    assert json.loads(bodies["gap"])["how"] == "killed, crashed, or the machine went off"
    assert json.loads(bodies["login"]) == {"login": "main", "is_live": True, "reason": ""}
    assert json.loads(bodies["settings"]) == {
        "setting": "accounts.alice.mode", "was": "enforce", "now": "shadow"
    }  # fmt: skip
    code, said = verify(home, capsys)
    assert code == 0, said
    assert said.startswith(f"whole: {len(rows)} rows")
    assert "ends written down elsewhere: " in said
    assert not said.rstrip().endswith(" 0")


def test_an_older_store_put_back_is_named_and_locks_every_account(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Start,
    eventually: Start,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    guard.stop()
    store, old = home / "data" / "state.sqlite", home / "old.sqlite"
    shutil.copyfile(store, old)
    guard = guard_in(home)
    guard.ready()
    breach(sim, guard, eventually)
    guard.stop()
    shutil.copyfile(old, store)  # as if there had been no lock

    code, said = verify(home, capsys)
    assert code == 7
    assert "an older database was put in its place" in said

    again = guard_in(home)
    again.ready()
    lock = eventually(lambda: again.account()["locks"], 5.0, say=again.log)[0]
    assert lock["end"] == "manual"
    assert "older database" in again.alarms()["damaged:alice"]
    again.stop()
    code, said = verify(home, capsys)
    assert code == 7, "what happened stays visible"


def test_a_lock_row_that_somebody_changed_is_found_by_the_next_guard_by_itself(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Start,
    eventually: Start,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    breach(sim, guard, eventually)
    guard.stop()
    with closing(sqlite3.connect(home / "data" / "state.sqlite")) as other, other:
        other.execute("UPDATE locks SET ended_at = 1")

    again = guard_in(home)
    again.ready()

    text = eventually(lambda: again.alarms().get("audit_damaged"), 20.0, say=again.log)
    assert "lock L" in text
    assert eventually(lambda: [one for one in again.account()["locks"] if one["end"] == "manual"], 5.0)
    again.stop()
    assert verify(home, capsys)[0] == 7

    last = guard_in(home)  # what was told once is not news again
    last.ready()
    last.stop()
    rows = [row for row in trail(home, capsys) if row["kind"] == "damage"]
    assert len(rows) == 1


def test_without_a_store_the_admin_is_told_where_it_would_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["admin", "audit", "verify", "--home", str(tmp_path)]) == 3
    said = capsys.readouterr()
    assert "state.sqlite does not exist" in said.err
    assert run(["admin", "audit", "verifi", "--home", str(tmp_path)]) == 2
