"""The ratchet on the bench of the engine thread: real files, real store, real engine, and a clock that is set."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dsl.ratchet.change import Verdict
from engine.events import ContractsWatched
from engine.units import DAY, HOUR, MINUTE, Duration, Instant
from service import rules_source
from service.home import Home
from service.ratchet.next_open import next_open
from service.ratchet.proposal import CannotApply

SHOP = runpy.run_path(str(Path(__file__).with_name("ratchet_shop.py")))
START, HOURS, FOREVER = SHOP["START"], SHOP["HOURS"], SHOP["FOREVER"]
Shop = Any


@pytest.fixture
def open_shop(house: Any, make: Callable[..., Any]) -> Callable[..., Shop]:
    def shop(**files: str) -> Shop:
        home = Home(house.home(alice=1))
        for name, text in files.items():
            (home.rulesets / "limits" / f"{name}.yaml").write_text(text)
        return SHOP["shop_of"](home, make(names=("alice",)))

    return shop


def test_what_is_stricter_holds_at_once_and_is_kept(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop()
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 1 contract")

    waiting = shop.apply()
    shop.bench.hold(1, 2)

    assert waiting is None
    assert [lock.rule for lock in shop.account.state.locks.values()] == ["max_two"]
    assert shop.bench.store.recall("rules:1") == shop.account.rules.digest == shop.account.state.digest
    assert {"apply", "in_force"} <= set(shop.audit())


def test_what_is_looser_waits_for_the_next_open_and_then_holds_by_itself(
    open_shop: Callable[..., Shop],
) -> None:
    shop = open_shop()
    before = shop.account.rules.digest
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 5 contracts")

    waiting = shop.apply()
    assert waiting is not None
    assert waiting.due == START + 8 * HOUR
    assert [(one.text, one.verdict) for one in waiting.changes] == [
        ("max_two.limit: 2 contracts -> 5 contracts", Verdict.LOOSER)
    ]
    shop.at(START + 8 * HOUR - 1)
    assert shop.account.rules.digest == before
    shop.at(START + 8 * HOUR)

    shop.bench.hold(1, 3)
    assert shop.account.rules.digest != before
    assert shop.account.waiting is None
    assert shop.account.state.locks == {}
    shop.bench.hold(1, 6)
    assert len(shop.account.state.locks) == 1


def test_of_a_mixed_change_the_stricter_part_holds_at_once_and_the_rest_waits(
    open_shop: Callable[..., Shop],
) -> None:
    shop = open_shop(hours=HOURS)
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 1 contract")
    shop.write("hours.yaml", "10:00..15:00", "08:00..15:00")

    waiting = shop.apply()

    assert waiting is not None
    assert [one.what for one in waiting.changes] == ["hours.open_hours"]
    assert "limit: 1 contract\n" in shop.ratchet.known(shop.account)[0].files["max_two.yaml"]
    assert "10:00..15:00" in shop.ratchet.known(shop.account)[0].files["hours.yaml"]


def test_asking_again_for_the_same_does_not_put_it_off(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop()
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 5 contracts")
    first = shop.apply()
    shop.at(START + 7 * HOUR + 30 * MINUTE)

    again = shop.apply()

    assert first is not None
    assert again is not None
    assert again.due == first.due


def test_less_than_the_delay_before_the_open_it_waits_for_the_next_day() -> None:
    assert next_open(Instant(START + 7 * HOUR), Duration(HOUR)) == START + 8 * HOUR
    assert next_open(Instant(START + 7 * HOUR + 1), Duration(HOUR)) == START + DAY + 8 * HOUR
    friday = START + 3 * DAY
    assert next_open(Instant(friday), Duration(HOUR)) == friday + 2 * DAY + 8 * HOUR  # Sunday evening


def test_what_waits_survives_a_restart(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop()
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 5 contracts")
    waiting = shop.apply()
    shop.bench.store.flush()
    shop.account.waiting = None

    armed = rules_source.last_good(shop.bench.store, 1)
    assert armed is not None
    shop.ratchet = SHOP["ratchet_of"](shop.home, shop.bench, {1: armed})

    assert shop.account.waiting == waiting
    shop.at(START + 8 * HOUR)
    assert "limit: 5 contracts" in shop.ratchet.known(shop.account)[0].files["max_two.yaml"]


def test_what_was_called_off_never_comes(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop()
    before = shop.account.rules.digest
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 5 contracts")
    shop.apply()

    shop.ratchet.call_off(shop.account, "the admin")
    shop.at(START + 2 * DAY)

    assert shop.account.rules.digest == before
    assert shop.bench.store.recall("waiting:1") == ""
    assert "called_off" in shop.audit()


def test_a_broken_file_never_unloads_a_good_ruleset(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop()
    before = shop.account.rules
    shop.write("max_two.yaml", "limit: 2 contracts", "limit: 2 kontracts")

    with pytest.raises(CannotApply):
        shop.ratchet.read()

    assert shop.account.rules is before
    shop.bench.hold(1, 3)
    assert len(shop.account.state.locks) == 1


def test_a_running_lock_outlives_the_rule_that_set_it(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop(forever=FOREVER)
    shop.bench.hold(1, 1)
    (lock,) = shop.account.state.locks.values()
    (shop.home.rulesets / "limits" / "forever.yaml").unlink()

    shop.apply()
    shop.at(START + 8 * HOUR)
    shop.bench.hold(1, 0)
    shop.at(START + 3 * DAY)

    assert "forever" not in {rule.name for rule in shop.account.rules.rules}
    assert shop.account.state.locks[lock.id].end == lock.end


def test_a_lock_that_ends_on_its_rules_own_words_holds_looser_words_back(
    open_shop: Callable[..., Shop],
) -> None:
    shop = open_shop(hours=HOURS)
    shop.bench.hear(ContractsWatched(Instant(START), 1, ("CON.F.US.MNQ.Z26",)), "")
    shop.at(START + 6 * HOUR + MINUTE)  # 15:01: locked until 10:00 on the next day
    shop.bench.hold(1, 0)
    (lock,) = shop.account.state.locks.values()
    before = shop.account.rules.digest
    shop.write("hours.yaml", "10:00..15:00", "08:00..15:00")
    shop.apply()

    shop.at(START + 8 * HOUR)
    assert shop.account.rules.digest == before
    shop.at(START + DAY + HOUR - MINUTE)
    assert shop.account.state.locks[lock.id] == lock
    shop.at(START + DAY + HOUR)
    shop.bench.hold(1, 0)
    shop.at(START + DAY + HOUR + MINUTE)

    assert shop.account.rules.digest != before
    assert shop.account.state.locks == {}


def test_the_files_of_the_first_rules_are_all_new(open_shop: Callable[..., Shop], tmp_path: Path) -> None:
    shop = open_shop()
    shop.ratchet._armed[1] = rules_source.empty()

    (proposal,) = shop.ratchet.read().proposals

    assert [one.verdict for one in proposal.changes] == [Verdict.STRICTER]
    assert not proposal.waits
