"""How far away a stop may be and still count: ticks, money of the whole position, or what the day's budget leaves."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dsl.pipeline import load_ruleset
from dsl.rule_tests import steps
from dsl.rule_tests.acting import act
from dsl.rule_tests.world import World
from dsl.wall_time import place_on
from engine.units import HOUR, PRICE_SCALE, SCALE, SECOND, Instant, Money, Price
from engine.venue import Side

ZONE = ZoneInfo("America/Chicago")
START = place_on(date(2025, 3, 7), 9 * HOUR, ZONE)
RULE = """rule: naked
title: t
mode: enforce
scope: position
params:
  budget: $1,000
  share: 50%
{own}when: position.uncovered > 0
for: 30s
if_unknown: hold
then:
  - close: position
"""
NEAR, FAR = 5997.50, 5997.25
"""Ten ticks below the market, which cost $250 with two contracts, and eleven."""

TEN_TICKS = {
    "ticks": ("stops: {max_distance: 10 ticks}\n", ""),
    "points": ("stops: {max_distance: 2.5 points}\n", ""),
    "money": ("stops: {max_distance: $250}\n", ""),
    "a share of what is left": ("stops: {max_distance: (budget - day.total_loss) * share}\n", ""),
    "what the ruleset says": ("", "stops: {max_distance: day.total_loss * 50%}\n"),
    "the rule before the ruleset": ("stops: {max_distance: 10 ticks}\n", "stops: {max_distance: $9000}\n"),
}


def world_with(folder: Path, own: str, shared: str = "") -> World:
    """Return a world in which $500 of the day were lost and 2 ES are held from the market at 6000 on."""
    (folder / "ruleset.yaml").write_text(f"ruleset: r\ndsl: 1\n{shared}", encoding="utf-8")
    (folder / "naked.yaml").write_text(RULE.format(own=own), encoding="utf-8")
    loaded = load_ruleset(folder)
    assert loaded.ruleset is not None, [problem.message for problem in loaded.problems]
    world = World(loaded.ruleset, START)
    do(world, steps.Trade("NQ", Money(-500 * SCALE)), steps.Open("ES", Side.BUY, 2, price(6000)))
    return world


def price(points: float) -> Price:
    return Price(int(points * PRICE_SCALE))


def do(world: World, *happenings: steps.Event) -> None:
    for each in happenings:
        act(world, each, ZONE, lambda _: world.rules)


def is_closed_in_time(world: World) -> bool:
    world.wait_until(Instant(world.now + 31 * SECOND))
    return not world.venue.positions


@pytest.mark.parametrize("how", TEN_TICKS)
@pytest.mark.parametrize(("stop", "closed"), [(NEAR, False), (FAR, True)])
def test_a_stop_that_is_too_far_away_does_not_count(
    tmp_path: Path, how: str, stop: float, *, closed: bool
) -> None:
    world = world_with(tmp_path, *TEN_TICKS[how])

    do(world, steps.Stop("ES", price(stop)))

    assert is_closed_in_time(world) is closed


def test_a_loss_elsewhere_brings_the_farthest_stop_nearer(tmp_path: Path) -> None:
    world = world_with(tmp_path, *TEN_TICKS["a share of what is left"])
    do(world, steps.Stop("ES", price(NEAR)))
    assert not is_closed_in_time(world)

    do(world, steps.Trade("NQ", Money(-100 * SCALE)))

    assert is_closed_in_time(world)


@pytest.mark.parametrize("kept", ["position", "budget"])
def test_while_nobody_knows_how_far_is_too_far_nothing_is_closed_for_it(tmp_path: Path, kept: str) -> None:
    world = world_with(tmp_path, *TEN_TICKS["a share of what is left"])
    do(world, steps.Stop("ES", price(NEAR)))
    world.forget_fills()
    if kept == "position":
        do(world, steps.Stop("ES", None))

    assert is_closed_in_time(world) is (kept == "position")


@pytest.mark.parametrize(
    ("distance", "code", "said"),
    [
        ("account.equity > $5", "E204", "`max_distance` needs ticks or money"),
        ("25%", "E204", "`max_distance` needs ticks or money"),
        ("position.stop_distance * 2", "E318", "depends on which stops count"),
        ("sum(pnl of fills over session)", "E318", "cannot add up events"),
        ("day.total_los * 2", "E301", "nothing here is called"),
    ],
)
def test_what_cannot_be_a_distance_is_refused(tmp_path: Path, distance: str, code: str, said: str) -> None:
    (tmp_path / "ruleset.yaml").write_text("ruleset: r\ndsl: 1\n", encoding="utf-8")
    text = RULE.format(own=f"stops: {{max_distance: {distance}}}\n")
    (tmp_path / "naked.yaml").write_text(text, encoding="utf-8")

    found = load_ruleset(tmp_path).problems

    assert [problem.code for problem in found if problem.is_error] == [code]
    assert said in found[0].message
