"""What people are told of changed rules: in the trader's log, on the partner's telephone, and only what is so."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from engine.units import HOUR
from service import client
from service.home import Home
from service.password import AdminPassword

HERE = Path(__file__).parent
SHOP = runpy.run_path(str(HERE / "ratchet_shop.py"))
Receiver = runpy.run_path(str(HERE.parent / "notify" / "receiver.py"))["Receiver"]
START = SHOP["START"]
RIGHT = "correct horse battery"
Start = Callable[..., Any]

STRICTER = "rules: the admin changed the rules, in force now: max_two.limit: 2 contracts -> 1 contract"
LOOSER = "rules: the admin asked for looser rules, in force from 17:00 CST on: max_two.limit: {}"


@pytest.fixture
def shop(house: Any, make: Start) -> Any:
    home = Home(house.home(alice=1))
    return SHOP["shop_of"](home, make(names=("alice",)))


def test_what_holds_now_what_waits_and_what_came_is_said_once_each(shop: Any) -> None:
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 1 contract")
    shop.apply()
    assert shop.told == [STRICTER]

    shop.write("max_two.yaml", "limit: 1 contract", "limit: 3 contracts")
    shop.apply()
    shop.apply()  # asking again changes nothing, and says nothing
    assert shop.told[1:] == [LOOSER.format("1 contract -> 3 contracts")]

    shop.at(START + 8 * HOUR)
    due = "rules: the rules that were asked for are in force now: max_two.limit: 1 contract -> 3 contracts"
    assert shop.told[2:] == [due]
    shop.at(START + 9 * HOUR)
    assert len(shop.told) == 3


def test_what_does_not_come_is_said_whoever_takes_it_back(shop: Any) -> None:
    gone = "rules: the admin called off what was to come: max_two.limit: 2 contracts -> {} contracts"
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 5 contracts")
    shop.apply()
    shop.write("max_two.yaml", "limit: 5 contracts", "limit: 4 contracts")
    shop.apply()
    assert shop.told[1:] == [gone.format(5), LOOSER.format("2 contracts -> 4 contracts")]

    shop.ratchet.call_off(shop.account, "the admin")
    assert shop.told[3:] == [gone.format(4)]
    shop.ratchet.call_off(shop.account, "the admin")
    assert len(shop.told) == 4

    shop.apply()
    shop.write("max_two.yaml", "limit: 4 contracts", "limit: 2 contracts")
    shop.apply()  # the files are as before: nothing waits any more
    assert shop.told[4:] == [LOOSER.format("2 contracts -> 4 contracts"), gone.format(4)]


def test_the_log_and_the_partner_hear_of_it(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    AdminPassword(Home(home).password).set(RIGHT)
    receiver = Receiver()
    (home / "notify.yaml").write_text("people:\n  partner:\n    levels: [admin]\n")
    (home / "secrets" / "partner.notify").write_text(f"{receiver.address}\n")
    (home / "secrets" / "partner.notify").chmod(0o600)
    guard = guard_in(home)
    guard.ready()
    file = home / "rulesets" / "limits" / "max_two.yaml"

    file.write_text(file.read_text().replace("limit: 2 contracts", "limit: 3 contracts"))
    client.ask(home, "admin", "apply", password=RIGHT)
    client.ask(home, "admin", "call_off", password=RIGHT)

    said = eventually(lambda: len(guard.acts("rules")) == 2 and guard.acts("rules"), 10.0, say=guard.log)
    assert [act["account"] for act in said] == ["alice", "alice"]
    assert "looser rules, in force from" in said[0]["text"]
    assert "called off what was to come: max_two.limit: 2 contracts -> 3 contracts" in said[1]["text"]
    eventually(lambda: receiver.titles() == ["alice: the rules change"] * 2, 20.0, say=guard.log)
    receiver.close()
