"""The whole daemon as a process, against the simulator over real sockets."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess

ALICE, BOB = 9120345, 9087711
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())

Start = Callable[..., Any]


def is_flat(sim: SimulatorProcess, account: int) -> bool:
    state = sim.state(account)
    return bool(state["flat"] and not state["working"] and state["trades"])


def test_a_breach_ends_flat_at_the_venue_with_its_times_and_a_lock(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(house.home(sim))
    guard.ready()

    sim.place(ALICE, "MNQ", "buy", 3, stopTicks=80, targetTicks=160)

    eventually(lambda: is_flat(sim, ALICE), 5.0, say=guard.log)
    eventually(lambda: any(one["verified"] for one in guard.account()["enforcements"]), 40.0, say=guard.log)
    account = guard.account()
    done = account["enforcements"][0]
    assert 0 <= done["sent_ms"] <= done["acked_ms"] <= done["flat_ms"]
    assert done["rules"] == ["max_two"]
    assert account["verdict"]["level"] == "locked"
    assert account["verdict"]["text"].startswith("LOCKED until 17:00 CST: You hold 3")
    assert [lock["end"] for lock in account["locks"]] == ["17:00 CST"]
    jsonschema.Draft202012Validator(SCHEMA).validate(guard.status())

    code, seconds = guard.stop()
    assert code == 143
    assert seconds < 3.0
    assert guard.status()["daemon"]["state"] == "stopping"
    assert [act["kind"] for act in guard.acts("lock")] == ["lock"]


def test_a_kill_keeps_the_lock_with_the_same_end_and_reentries_are_still_closed(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: is_flat(sim, ALICE), 5.0, say=guard.log)
    before = eventually(lambda: guard.account()["locks"], 5.0)
    guard.kill()
    sim.place(ALICE, "MNQ", "sell", 1)  # while nobody looks

    again = guard_in(home)
    again.ready()
    eventually(lambda: is_flat(sim, ALICE), 8.0, say=again.log)
    assert again.account()["locks"] == before

    sim.place(ALICE, "ES", "buy", 1)
    eventually(lambda: is_flat(sim, ALICE) and len(sim.state(ALICE)["trades"]) == 6, 8.0, say=again.log)
    eventually(lambda: any(one["is_reentry"] for one in again.account()["enforcements"]), 5.0)
    assert "recovery:alice" not in again.alarms(), again.log()


def test_a_breach_in_one_account_leaves_the_other_untouched(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(house.home(sim, alice=ALICE, bob=BOB))
    guard.ready("alice")
    guard.ready("bob")

    sim.place(BOB, "MNQ", "buy", 2)
    sim.place(ALICE, "MNQ", "buy", 3)

    eventually(lambda: is_flat(sim, ALICE), 5.0, say=guard.log)
    eventually(lambda: guard.account("bob")["positions"], 5.0)
    bob = guard.account("bob")
    assert [held["size"] for held in bob["positions"]] == [2]
    assert not bob["locks"]
    assert not bob["enforcements"]


def test_the_key_and_the_token_are_nowhere_but_in_their_file(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    guard = guard_in(home, RISK_LOG_LEVEL="debug")
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: is_flat(sim, ALICE), 5.0, say=guard.log)
    guard.stop()

    for path in home.rglob("*"):
        if path.is_file() and path.name != "main.key":
            content = path.read_bytes()
            assert b"demo-key" not in content, path
            assert b"eyJ" not in content, path
            assert b"access_token=" not in content.replace(b"access_token=***", b""), path


STATUS_COMMANDS = (["status"], ["status", "--check"], ["status", "--json"])


def test_a_locked_database_during_a_breach_does_not_keep_the_account_open(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Start,
    eventually: Start,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    with closing(sqlite3.connect(home / "data" / "state.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        sim.place(ALICE, "MNQ", "buy", 3)
        eventually(lambda: is_flat(sim, ALICE), 8.0, say=guard.log)
        text = eventually(lambda: guard.alarms().get("store_failed"), 5.0, say=guard.log)
        assert "goes on from memory" in text
        assert guard.account()["locks"]
        capsys.readouterr()
        assert [run([*command, "--home", str(home)]) for command in STATUS_COMMANDS] == [7, 7, 7]
        assert "goes on from memory" in capsys.readouterr().err

    eventually(lambda: "store_failed" not in guard.alarms(), 15.0, say=guard.log)
    assert run(["status", "--home", str(home)]) == 0
    guard.kill()

    again = guard_in(home)
    again.ready()
    assert [lock["end"] for lock in again.account()["locks"]] == ["17:00 CST"]


def test_a_stop_while_nothing_answers_takes_less_than_three_seconds(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    guard = guard_in(house.home(sim))
    guard.ready()
    sim.control("/sim/faults/rest", {"kind": "hang_before", "path": "", "times": 1000, "seconds": 30})
    sim.control("/sim/faults/hub", {"frozen": True})
    time.sleep(2.5)  # until requests are hanging

    code, seconds = guard.stop()

    assert code == 143
    assert seconds < 3.5, "three seconds, and the process's own end"


def test_after_a_reboot_without_the_venue_locks_are_shown_and_nothing_is_freed(
    house: Any, guard_in: Start, eventually: Start
) -> None:
    with SimulatorProcess("still") as venue:
        home = house.home(venue)
        guard = guard_in(home)
        guard.ready()
        venue.place(ALICE, "MNQ", "buy", 3)
        before = eventually(lambda: guard.account()["locks"], 5.0, say=guard.log)
        guard.stop()

    again = guard_in(home)
    eventually(lambda: "unreachable:main" in again.alarms(), 20.0, say=again.log)

    status = again.status()
    assert status["clock"]["source"] == "unconfirmed"
    assert again.account()["locks"] == before
    assert again.account()["verdict"]["level"] == "locked"
    assert not again.account()["is_confirmed"]
    assert "is not confirmed" in again.account()["verdict"]["text"]
    jsonschema.Draft202012Validator(SCHEMA).validate(status)
