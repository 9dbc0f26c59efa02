"""Places that others may read or write: told plainly at each start, used no further, and the guard runs all the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from service import client
from service.home import Home
from service.password import AdminPassword
from service.permissions import open_secrets, open_to_all

ALICE = 9120345
RIGHT = "correct horse battery"
Start = Callable[..., Any]


def write(home: Path, limit: str) -> None:
    path = home / "rulesets" / "limits" / "max_two.yaml"
    kept = path.read_text().splitlines()
    path.write_text("\n".join(f"  limit: {limit}" if "limit: " in line else line for line in kept) + "\n")


@pytest.mark.parametrize("limit", ["5 contracts", "1 contract"])
def test_rules_that_anyone_may_write_are_not_used_and_the_lock_stays(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start, limit: str
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    [held] = eventually(lambda: guard.account()["locks"], 20.0, say=guard.log)
    before = guard.account()["ruleset"]["digest"]
    guard.stop()

    (home / "rulesets").chmod(0o777)
    write(home, limit)
    again = guard_in(home)
    again.ready()

    [alarm] = [text for code, text in again.alarms().items() if code.startswith("permissions:")]
    assert alarm.startswith(f"anyone on this machine may change {home}/rulesets (mode 0777): run `chmod o-w")
    assert again.account()["ruleset"]["digest"] == before
    assert [(one["id"], one["until"]) for one in again.account()["locks"]] == [(held["id"], held["until"])]
    sim.place(ALICE, "MES", "buy", 1)
    eventually(lambda: again.acts("reentry") and sim.state(ALICE)["flat"], 20.0, say=again.log)
    again.stop()

    (home / "rulesets").chmod(0o755)
    last = guard_in(home)
    last.ready()
    assert last.account()["ruleset"]["digest"] != before, (
        "without an admin the files count, once they are closed"
    )
    assert not [code for code in last.alarms() if code.startswith("permissions:")]


def test_nothing_is_taken_over_from_there_while_it_runs(
    house: Any, sim: SimulatorProcess, guard_in: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    home = house.home(sim)
    AdminPassword(Home(home).password).set(RIGHT)
    guard = guard_in(home)
    guard.ready()
    digest = guard.account()["ruleset"]["digest"]
    write(home, "1 contract")
    (home / "rulesets" / "limits" / "max_two.yaml").chmod(0o666)

    for verb, fields in (("apply", {}), ("mode", {"account": "alice", "mode": "warn"})):
        with pytest.raises(client.AskRefused, match="nothing is taken from there") as refused:
            client.ask(home, "admin", verb, password=RIGHT, **fields)
        assert (refused.value.code, "chmod o-w" in refused.value.help) == ("policy", True)

    assert guard.account()["ruleset"]["digest"] == digest
    (home / "rulesets" / "limits" / "max_two.yaml").chmod(0o644)
    assert client.ask(home, "admin", "apply", password=RIGHT)["accounts"][0]["digest"] != digest
    guard.stop()
    assert run(["admin", "audit", "--json", "--kind", "ask", "--home", str(home)]) == 0
    rows = [json.loads(json.loads(line)["body"]) for line in capsys.readouterr().out.splitlines()]
    assert [(row["verb"], row["code"]) for row in rows] == [
        ("apply", "policy"), ("mode", "policy"), ("apply", "ok"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["data/password", "data/recovery", "data/grant", "secrets/partner.notify"])
def test_each_secret_that_others_can_read_is_named_with_the_fix(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.touch(mode=0o600)
    assert list(open_secrets(Home(tmp_path))) == []

    path.chmod(0o640)

    assert list(open_secrets(Home(tmp_path))) == [
        (path, f"{path} can be read by others (mode 0640): run `chmod 600 {path}`")
    ]


@pytest.mark.parametrize(
    "name", ["accounts/alice.yaml", "rulesets/limits/max_two.yaml", "settings.yaml", "holidays.yaml"]
)
def test_one_file_that_anyone_may_write_is_enough(house: Any, name: str) -> None:
    home = house.home()
    (home / "holidays.yaml").touch()
    assert list(open_to_all(Home(home))) == []

    (home / name).chmod(0o646)

    assert [text.partition(" (")[0] for text in open_to_all(Home(home))] == [
        f"anyone on this machine may change {home / name}"
    ]


def test_what_the_guard_makes_itself_is_closed(house: Any, sim: SimulatorProcess, guard_in: Start) -> None:
    home = house.home(sim)
    AdminPassword(Home(home).password).set(RIGHT)
    guard = guard_in(home)
    guard.ready()
    client.ask(home, "admin", "grant_setup", password=RIGHT)
    client.ask(home, "admin", "recovery_code", password=RIGHT)

    assert list(open_secrets(Home(home))) == []
    assert oct((home / "data" / "state.sqlite").stat().st_mode)[-3:] == "600"
    assert {path: oct(path.stat().st_mode)[-3:] for path in (home / "data", home / "logs")} == {
        home / "data": "700", home / "logs": "700",
    }  # fmt: skip
    assert guard.alarms() == {}
