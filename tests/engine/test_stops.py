"""Stops that rules move or ask for: tighter only, never beyond the market, one request at a time."""

from dataclasses import replace
from typing import Any

import pytest

from engine.actions import MoveStop, RequireStop
from engine.commands import MoveStop as Moved
from engine.events import Answer, Refusal
from engine.rule import RuleScope
from engine.settings import Reach, Settings, Stops
from engine.units import PRICE_SCALE, SCALE, SECOND, Duration, Price, Ticks
from engine.venue import OrderKind, Side
from service.rehearsal.hours import Calendar


def at(points: float) -> Price:
    return Price(int(points * PRICE_SCALE))


def managing(lab: Any, action: Any, name: str = "manage") -> Any:
    return lab.rule(
        name,
        lambda facts: facts.position.quantity != 0,
        lambda facts: (action,),
        scope=RuleScope.POSITION,
    )


def test_a_loose_stop_is_moved_to_the_wanted_price_on_a_tick_away_from_the_market(lab: Any) -> None:
    desk = lab.start(managing(lab, MoveStop(at(20_000.30))))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(19_990))
    desk.hold(lab.MNQ, 1)
    assert desk.commands == []

    desk.quote(lab.MNQ, 20_010)

    assert [(c.order_id, c.price) for c in desk.commands] == [(5, at(20_000.25))]


def test_a_tighter_stop_stays_where_the_trader_put_it(lab: Any) -> None:
    desk = lab.start(managing(lab, MoveStop(at(20_000))))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(20_005))
    desk.hold(lab.MNQ, 1)

    desk.quote(lab.MNQ, 20_010)

    assert desk.commands == []


def test_a_stop_of_a_short_comes_down_and_never_beyond_the_market(lab: Any) -> None:
    desk = lab.start(managing(lab, MoveStop(at(19_000))))
    desk.order(lab.MNQ, Side.BUY, 1, kind=OrderKind.STOP, id=5, stop_price=at(20_050))
    desk.hold(lab.MNQ, -1)

    desk.quote(lab.MNQ, 20_010)

    assert [c.price for c in desk.commands] == [at(20_010.25)]


def test_a_missing_stop_is_placed_once_for_what_is_uncovered(lab: Any) -> None:
    desk = lab.start(managing(lab, RequireStop(Ticks(20 * SCALE))))
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(19_990))
    desk.hold(lab.MNQ, 3)

    desk.quote(lab.MNQ, 20_010)
    desk.quote(lab.MNQ, 20_011)

    assert [(c.side, c.size, c.price) for c in desk.commands] == [(Side.SELL, 2, at(20_005))]


@pytest.mark.parametrize(
    ("action", "stops", "verb"),
    [(MoveStop(at(20_000)), 1, "moved"), (RequireStop(Ticks(20 * SCALE)), 0, "placed")],
    ids=["move_stop", "require_stop"],
)
def test_a_stop_that_the_venue_forbids_is_told_at_once_and_asked_for_again_only_after_a_minute(
    lab: Any, action: Any, stops: int, verb: str
) -> None:
    desk = lab.start(managing(lab, action))
    for _ in range(stops):
        desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(19_990))
    desk.hold(lab.MNQ, 1)
    desk.quote(lab.MNQ, 20_010)

    outcome = desk.answer(
        desk.commands[-1], Answer.REFUSED, refusal=Refusal.FORBIDDEN, text="account rejected"
    )
    for _ in range(50):
        desk.wait(1)
        desk.quote(lab.MNQ, 20_010)

    assert [(d.kind.value, d.rule) for d in outcome.decisions] == [("warn", "manage")]
    assert f"have a stop {verb} in MNQ (account rejected)" in outcome.decisions[0].message
    assert len([command for command in desk.commands if not isinstance(command, lab.look)]) == 1


def judging(lab: Any, action: Any, max_distance: Any) -> Any:
    """Return a rule that counts stops by its own settings: those of its ruleset set no bound."""
    settings = Settings(Calendar(), stops=Stops(max_distance=max_distance))
    return replace(managing(lab, action), settings=settings)


def far_stop(lab: Any, *rules: Any, held: int = 1) -> Any:
    """Return a desk with a stop for one contract, 80 ticks below the market."""
    desk = lab.start(*rules)
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=at(19_990))
    desk.hold(lab.MNQ, held)
    desk.quote(lab.MNQ, 20_010)
    return desk


def test_a_required_stop_is_judged_by_the_rules_own_distance_and_one_too_far_comes_nearer(lab: Any) -> None:
    desk = far_stop(lab, judging(lab, RequireStop(Ticks(20 * SCALE)), 40 * SCALE), held=3)

    moved, placed = desk.commands
    assert (moved.order_id, moved.price) == (5, at(20_005))
    assert (placed.side, placed.size, placed.price) == (Side.SELL, 2, at(20_005))


def test_a_stop_beyond_its_own_distance_is_no_reason_for_another_beside_it(lab: Any) -> None:
    desk = far_stop(lab, judging(lab, RequireStop(Ticks(80 * SCALE)), 40 * SCALE))

    assert desk.commands == [], "two stops for one contract would leave a position of the other side"


def test_while_it_is_unknown_how_far_a_stop_may_be_none_is_placed(lab: Any) -> None:
    desk = far_stop(lab, judging(lab, RequireStop(Ticks(20 * SCALE)), Reach("ticks", lambda view: None)))

    assert desk.commands == []


def test_a_stop_too_far_away_to_count_is_tightened_all_the_same(lab: Any) -> None:
    desk = far_stop(lab, judging(lab, MoveStop(at(20_000)), 40 * SCALE))

    assert [(c.order_id, c.price) for c in desk.commands] == [(5, at(20_000))]


def test_of_two_rules_that_move_a_stop_the_more_eager_pace_holds_in_any_order(lab: Any) -> None:
    slow = managing(lab, MoveStop(at(20_000), every=Duration(60 * SECOND)), "slow")
    quick = managing(lab, MoveStop(at(19_999)), "quick")

    for rules in ((slow, quick), (quick, slow)):
        desk = far_stop(lab, *rules)
        desk.answer(desk.commands[0])
        for price in (at(20_000), at(19_995)):
            desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=price)
        desk.wait(3)
        desk.quote(lab.MNQ, 20_011)
        assert [c.price for c in desk.commands if isinstance(c, Moved)] == [at(20_000), at(20_000)]
