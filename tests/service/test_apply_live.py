"""`risk admin apply` in the running daemon, over its door and against the simulator: timers, restarts, broken files."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from connectors.simulator.child import SimulatorProcess
from service import client
from service.home import Home
from service.password import AdminPassword

ALICE = 9120345
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())
RIGHT = "correct horse battery"
LINGER = """\
rule: linger
title: In and out
mode: enforce
scope: account
params:
  most: 9s
when: account.gross_contracts > 0
for: most
then:
  - flatten: account
  - lock: account
    for: 1m
"""

Start = Callable[..., Any]


@pytest.fixture
def home(house: Any, sim: SimulatorProcess) -> Path:
    made: Path = house.home(sim)
    (made / "rulesets/limits/linger.yaml").write_text(LINGER)
    AdminPassword(Home(made).password).set(RIGHT)
    return made


def write(home: Path, name: str, old: str, new: str) -> None:
    path = home / "rulesets/limits" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def ask(home: Path, verb: str, **fields: Any) -> dict[str, Any]:
    return client.ask(home, "admin", verb, password=RIGHT, **fields)


def digest(guard: Any) -> str:
    return str(guard.account()["ruleset"]["digest"])


def pending(guard: Any) -> str:
    rule = next((one for one in guard.account().get("rules", []) if one["name"] == "linger"), {})
    return str(rule.get("pending_until") or "")


def test_rules_are_taken_over_live_and_a_timer_of_another_rule_runs_on(
    home: Path, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(home)
    guard.ready()
    before = digest(guard)
    sim.place(ALICE, "MNQ", "buy", 1)
    ends = eventually(lambda: pending(guard), 5.0, say=guard.log)
    write(home, "max_two.yaml", "limit: 2 contracts", "limit: 1 contract")
    eventually(lambda: seconds_between(guard.status()["venue_time"], ends) < 5.0, 10.0)

    done = ask(home, "apply")

    assert [one["verdict"] for one in done["accounts"][0]["changes"]] == ["stricter"]
    eventually(lambda: digest(guard) == done["accounts"][0]["digest"] != before, 5.0, say=guard.log)
    assert pending(guard) in (ends, "")
    eventually(lambda: sim.state(ALICE)["flat"], 15.0, say=guard.log)
    (lock,) = eventually(lambda: guard.account()["locks"], 5.0)
    assert (lock["rule"], lock["set_at"] >= ends) == ("linger", True)
    assert seconds_between(ends, lock["set_at"]) < 2.0

    sim.place(ALICE, "MNQ", "buy", 2)  # a broken file is in the home now, and the rules in force go on
    write(home, "max_two.yaml", "limit: 1 contract", "limit: 1 kontrakt")
    broken = ask(home, "apply")
    assert broken["is_usable"] is False
    assert "max_two.yaml:6" in broken["problems"]
    assert digest(guard) == done["accounts"][0]["digest"]
    eventually(lambda: "max_two" in {one["rule"] for one in guard.account()["locks"]}, 10.0, say=guard.log)
    assert "files:alice" in eventually(guard.alarms, 8.0)


def test_what_is_looser_waits_through_a_kill_and_a_file_changed_by_hand_is_not_used(
    home: Path, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(home)
    guard.ready()
    before = digest(guard)
    write(home, "max_two.yaml", "limit: 2 contracts", "limit: 4 contracts")
    assert "files:alice" in eventually(guard.alarms, 8.0, say=guard.log)

    done = ask(home, "apply")

    (change,) = done["accounts"][0]["waiting"]["changes"]
    assert (change["verdict"], change["text"]) == ("looser", "max_two.limit: 2 contracts -> 4 contracts")
    eventually(lambda: guard.account()["waiting"] and not guard.alarms(), 8.0, say=guard.log)
    jsonschema.validate(guard.status(), SCHEMA)
    guard.kill()
    guard.start()
    guard.ready()
    assert guard.account()["waiting"]["due"] == done["accounts"][0]["waiting"]["due"]
    assert digest(guard) == before

    ask(home, "call_off")
    assert "files:alice" in eventually(guard.alarms, 8.0, say=guard.log)
    guard.stop()
    guard.start()  # the files are looser still, and nobody asks for it any more
    guard.ready()
    assert (digest(guard), guard.account()["waiting"]) == (before, None)
    write(home, "max_two.yaml", "limit: 4 contracts", "limit: 2 contracts")
    eventually(lambda: "files:alice" not in guard.alarms(), 8.0, say=guard.log)
    guard.stop()
    (home / "accounts/alice.yaml").unlink()
    guard.start()  # a file that is gone does not free anybody
    guard.ready()
    assert digest(guard) == before
    assert "the account stays guarded" in eventually(lambda: guard.alarms().get("files:alice"), 8.0)


def seconds_between(one: str, other: str) -> float:
    return (datetime.fromisoformat(other) - datetime.fromisoformat(one)).total_seconds()
