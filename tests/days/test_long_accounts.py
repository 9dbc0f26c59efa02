"""An account of many months: what a rule looks back on is never forgotten, and what nobody looks back on is."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dsl.pipeline import load_ruleset
from dsl.rule_tests.acting import act
from dsl.rule_tests.settable import At
from dsl.rule_tests.steps import SetField, Trade
from dsl.rule_tests.world import World
from dsl.wall_time import place_on
from engine.units import DAY, HOUR, SCALE, Instant, Money

ZONE = ZoneInfo("America/Chicago")
START = place_on(date(2025, 3, 7), 9 * HOUR, ZONE)


def world_with(folder: Path, window: str) -> World:
    """Return the world of one rule that adds up losses in a window."""
    (folder / "ruleset.yaml").write_text("ruleset: r\ndsl: 1\n", encoding="utf-8")
    rule = f"rule: lost\ntitle: t\nmode: enforce\nscope: account\nwhen: loss(sum(pnl of trades {window})) >= $1,000\n"
    (folder / "lost.yaml").write_text(
        rule + "then:\n  - lock: account\n    until: manual\n", encoding="utf-8"
    )
    loaded = load_ruleset(folder)
    assert loaded.ruleset is not None
    return World(loaded.ruleset, START)


def lose_each_day(world: World, days: int) -> None:
    for _ in range(days):
        world.wait_until(Instant(world.now + DAY))
        act(world, Trade("ES", Money(-10 * SCALE)), ZONE, lambda _: world.rules)


@pytest.mark.parametrize("window", ["since start", "since payout", "since fired"])
def test_a_loss_does_not_shrink_because_it_is_old(tmp_path: Path, window: str) -> None:
    world = world_with(tmp_path, window)

    lose_each_day(world, 99)
    assert not world.state.locks
    lose_each_day(world, 1)

    assert [lock.rule for lock in world.state.locks.values()] == ["lost"]


def test_fills_that_no_window_reaches_are_forgotten(tmp_path: Path) -> None:
    world = world_with(tmp_path, "over trading_day")

    lose_each_day(world, 99)

    assert len(world.state.ledger.fills) <= 2 * 42


def test_a_payout_in_the_future_is_unknown_until_it_comes(tmp_path: Path) -> None:
    world = world_with(tmp_path, "since payout")
    act(world, SetField("account.last_payout", At(10 * HOUR)), ZONE, lambda _: world.rules)

    act(world, Trade("ES", Money(-5_000 * SCALE)), ZONE, lambda _: world.rules)
    unknown = [latch.unknown_since for latch in world.state.latches.values()]
    world.wait_until(Instant(START + HOUR))
    act(world, Trade("ES", Money(-1_000 * SCALE)), ZONE, lambda _: world.rules)

    assert unknown == [START]
    assert [lock.rule for lock in world.state.locks.values()] == ["lost"]
