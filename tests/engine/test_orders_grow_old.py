"""A market order that hangs: it counts as one that works once it is no longer young, by time alone."""

from typing import Any

from engine.actions import Warn
from engine.exposure import FILLING
from engine.rule import Topic
from engine.units import SCALE
from engine.venue import OrderKind, OrderStatus, Side


def test_a_rule_on_what_orders_could_make_hears_of_it_at_that_moment(lab: Any) -> None:
    many = lab.rule(
        "many",
        lambda f: f.account.worst_contracts > 3 * SCALE,
        lambda f: (Warn(frozenset({"trader"})),),
        reads=frozenset({Topic.POSITIONS, Topic.ORDERS}),
    )
    desk = lab.start(many)
    begun = desk.now
    outcome = desk.order(lab.MNQ, Side.BUY, 5, kind=OrderKind.MARKET, status=OrderStatus.PENDING)
    assert not outcome.decisions

    desk.now = outcome.deadline
    (breach,) = desk.wait(0).decisions

    assert (breach.rule, desk.now - begun) == ("many", FILLING)
