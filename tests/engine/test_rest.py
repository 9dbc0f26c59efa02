"""Where nothing changed that enforcing reads it is left out; an engine that never leaves it out decides the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.actions import MoveStop, ReduceTo
from engine.events import Link, LinkSeen, LockRequested
from engine.rule import RuleScope, Topic
from engine.step import step
from engine.units import PRICE_SCALE, SECOND, Instant, Price, contracts
from engine.venue import OrderKind, Side

POSITIONS = frozenset({Topic.POSITIONS})


def compared(desk: Any) -> Any:
    """Return a desk at which each event is also told to an engine that is never at rest."""
    hear = desk.hear

    def hear_both(make: Callable[[Instant], Any]) -> Any:
        before = desk.state
        outcome = hear(make)
        restless = step(replace(before), make(desk.now), desk.rules)  # a copy has no `rest`
        assert restless == (desk.state, outcome)
        return outcome

    desk.hear = hear_both
    return desk


def held(facts: Any) -> bool:
    return any(facts.view.state.positions)


def test_a_size_that_follows_the_connection_is_enforced_when_it_is_lost(lab: Any) -> None:
    def by_link(facts: Any) -> tuple[ReduceTo, ...]:
        return (ReduceTo(contracts(5 if facts.connection.is_live else 1)),)

    desk = compared(lab.start(lab.rule("size", held, by_link, reads=frozenset({Topic.LINKS}) | POSITIONS)))
    desk.hear(lambda at: LinkSeen(at, Link.USER_HUB, True))
    desk.hold(lab.MNQ, 3)
    desk.wait(1)

    desk.hear(lambda at: LinkSeen(at, Link.USER_HUB, False))

    assert [type(command) for command in desk.commands] == [lab.reduce]


def test_a_size_that_follows_the_hours_is_enforced_when_they_are_over(lab: Any) -> None:
    desk = lab.start()
    noon = Instant(desk.now + 60 * SECOND)

    def by_hours(facts: Any) -> tuple[ReduceTo, ...]:
        return (ReduceTo(contracts(5 if facts.now < noon else 1)),)

    rule = lab.rule("size", held, by_hours, reads=POSITIONS | {Topic.CALENDAR})
    desk = compared(lab.start(replace(rule, wake=lambda facts: noon if facts.now < noon else None)))
    desk.hold(lab.MNQ, 3)
    desk.wait(30)

    desk.wait(30)

    assert [type(command) for command in desk.commands] == [lab.reduce]


def test_which_position_goes_first_may_change_with_the_market(lab: Any) -> None:
    losers_first = ReduceTo(contracts(2), by="losers_first")
    over = lab.rule("size", held, lambda facts: (losers_first,), reads=POSITIONS)
    desk = compared(lab.start(over))
    desk.hold(lab.MNQ, 2)
    desk.hold(lab.ES, 1)
    for price in (20_010, 19_990, 20_010):
        desk.quote(lab.MNQ, price)
        desk.quote(lab.ES, 40_000 - price)
        desk.wait(1)
    desk.wait(10)

    assert {command.contract for command in desk.commands if isinstance(command, lab.reduce)} != set()


def test_a_stop_follows_the_market_also_when_its_pause_is_over(lab: Any) -> None:
    tight = MoveStop(Price(20_100 * PRICE_SCALE))
    desk = compared(
        lab.start(lab.rule("stop", held, lambda facts: (tight,), RuleScope.POSITION, reads=POSITIONS))
    )
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=Price(19_900 * PRICE_SCALE))
    desk.hold(lab.MNQ, 1)
    desk.quote(lab.MNQ, 20_000)
    (move,) = desk.commands
    desk.answer(move)
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=move.price)
    desk.quote(lab.MNQ, 20_020)
    assert desk.commands == [move]

    desk.wait(1.1)

    assert [command.order_id for command in desk.commands] == [5, 5]


def test_what_follows_from_a_mark_is_looked_at_when_the_mark_is_too_old(lab: Any) -> None:
    def by_mark(facts: Any) -> tuple[ReduceTo, ...]:
        return (ReduceTo(contracts(1 if facts.position.open_pnl is None else 5)),)

    desk = compared(lab.start(lab.rule("size", held, by_mark, RuleScope.POSITION, reads=POSITIONS)))
    desk.sync(MNQ=3)
    desk.quote(lab.MNQ, 20_000)
    desk.wait(1)

    desk.wait(10)

    assert lab.reduce in {type(command) for command in desk.commands}


def test_an_order_that_might_have_protected_goes_once_fills_and_position_are_taken_as_they_are(
    lab: Any,
) -> None:
    desk = compared(lab.start())
    desk.hear(lambda at: LockRequested(at, desk.state.account, None, None, "trader"))
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.order(lab.MNQ, Side.SELL, 1, kind=OrderKind.STOP, id=5, stop_price=Price(19_990 * PRICE_SCALE))
    for _ in range(3):
        desk.wait(0.5)
    assert not [command for command in desk.commands if isinstance(command, lab.cancel)]

    desk.wait(3)

    assert [command.order_id for command in desk.commands if isinstance(command, lab.cancel)] == [5]
