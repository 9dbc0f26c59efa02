"""Every way in which a start of the daemon can go wrong, as a process of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.simulator.child import SimulatorProcess

ALICE, BOB = 9120345, 9087711
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())

Start = Callable[..., Any]


def test_a_second_daemon_in_one_home_is_refused(house: Any, sim: SimulatorProcess, guard_in: Start) -> None:
    home = house.home(sim)
    guard_in(home).ready()

    code, said = guard_in(home).end()

    assert code == 8
    assert "another guard is running" in said
    assert "Traceback" not in said


def test_a_refused_login_ends_the_start_in_one_sentence(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    (home / "secrets" / "main.key").write_text("wrong-key")

    code, said = guard_in(home).end()

    assert code == 4
    assert said.count("\n") == 1
    assert "login `main` is refused" in said
    assert "wrong-key" not in said + (home / "logs" / "daemon.log").read_text()


def test_an_account_that_the_login_does_not_see_is_named_with_those_it_sees(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    code, said = guard_in(house.home(sim, alice=12)).end()

    assert code == 3
    assert "does not see account 12" in said
    assert str(ALICE) in said


def test_without_a_gateway_the_daemon_keeps_trying_and_says_so(
    house: Any, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(house.home())

    text = eventually(lambda: guard.alarms().get("unreachable:main"), 20.0, say=guard.log)

    assert "still trying" in text
    assert guard.status()["clock"]["source"] == "unconfirmed"
    assert guard.account()["verdict"]["level"] == "blind"
    assert guard.stop()[0] == 143


def test_rules_with_a_mistake_end_the_first_start_with_its_place(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    rule = home / "rulesets" / "limits" / "max_two.yaml"
    rule.write_text(
        rule.read_text().replace("account.gross_contracts > limit", "account.gros_contracts > limit")
    )

    code, said = guard_in(home).end()

    assert code == 3
    assert "max_two.yaml:7:" in said
    assert "gross_contracts" in said


def test_rules_broken_after_they_were_armed_leave_the_last_good_ones_in_force(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: guard.account()["locks"], 5.0)
    guard.stop()
    (home / "rulesets" / "limits" / "max_two.yaml").write_text("rule: max_two\nwhen: nonsense(\n")

    again = guard_in(home)
    again.ready()

    assert "the last good ones are in force" in again.alarms()["rules:alice"]
    assert [rule["name"] for rule in again.account()["rules"]] == ["max_two"]
    assert again.account()["verdict"]["level"] == "locked"


def test_a_symbol_that_the_venue_does_not_list_ends_the_first_start(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    (home / "rulesets" / "limits" / "block.yaml").write_text(
        "rule: block\ntitle: Blocked\nmode: enforce\nscope: symbol\nparams:\n  blocked: [XYZZY]\n"
        "when: symbol in blocked\nthen:\n  - close: symbol\n"
    )

    code, said = guard_in(home).end()

    assert code == 3
    assert "XYZZY" in said


def test_a_damaged_store_locks_everything_until_an_admin_looks(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    guard.stop()
    store = home / "data" / "state.sqlite"
    store.write_bytes(b"\x00" * 100 + store.read_bytes()[100:])

    again = guard_in(home)
    again.ready()

    lock = eventually(lambda: again.account()["locks"], 5.0)[0]
    assert lock["end"] == "manual"
    assert again.account()["verdict"]["text"].startswith("LOCKED until an admin unlocks")
    assert (home / "data" / "state.sqlite.damaged-1").exists()
    again.kill()

    last = guard_in(home)
    last.ready()
    assert last.account()["locks"][0]["end"] == "manual"


def test_a_key_file_that_others_can_read_is_used_and_told_of(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    (home / "secrets" / "main.key").chmod(0o644)

    guard = guard_in(home)
    guard.ready()

    assert "chmod 600" in guard.alarms()["permissions:main"]
