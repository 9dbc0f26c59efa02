"""What once went wrong, found by the rehearsals: windows and trades."""

from types import SimpleNamespace
from typing import Any

from dsl.aggregates.count import Count
from engine.actions import Cooldown, LockEntries
from engine.events import GuardStarted, SnapshotTaken
from engine.locks import EndKind, Lock
from engine.rule import RuleScope
from engine.streams import Stream
from engine.units import MINUTE, SCALE, SECOND, Duration
from engine.venue import Side
from engine.windows import OverLast, SpanStart, Window


def entries(span: Any) -> Window:
    return Window(
        "n", Stream.ENTRIES, span, lambda i, f: True, lambda i, f: 1, Count(rolling=span == MINUTE_SPAN)
    )


MINUTE_SPAN = OverLast(MINUTE)


def restart(desk: Any) -> None:
    desk.hear(lambda at: GuardStarted(at, 7, at))


def test_a_fill_heard_between_a_restart_and_the_first_view_was_missing_in_windows_for_the_whole_day(
    lab: Any,
) -> None:
    often = lab.rule(
        "often",
        lambda f: f.window("n") > 99 * SCALE,
        lambda f: (),
        windows={"n": entries(SpanStart.TRADING_DAY)},
    )
    desk = lab.start(often)
    desk.fill(lab.MNQ, Side.BUY, 1)

    restart(desk)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.sync(MNQ=2)

    assert desk.state.windows["often/n/"].state == 2


def test_a_losing_trade_heard_between_a_restart_and_the_first_view_led_to_no_cooldown(lab: Any) -> None:
    pause = lab.rule(
        "pause",
        lambda f: f.trade.pnl < 0,
        lambda f: (Cooldown(Duration(300 * SECOND)),),
        scope=RuleScope.TRADE,
    )
    desk = lab.start(pause)
    desk.fill(lab.MNQ, Side.BUY, 1)

    restart(desk)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-20)
    assert not desk.state.locks
    desk.sync()

    assert [lock.rule for lock in desk.state.locks.values()] == ["pause"]


def losers_lock(lab: Any) -> Any:
    window = Window(
        "n", Stream.TRADES, MINUTE_SPAN, lambda i, f: i.pnl < 0, lambda i, f: 1, Count(rolling=True)
    )
    return lab.rule(
        "losers",
        lambda f: f.window("n") >= 2 * SCALE,
        lambda f: (LockEntries("account", "condition", condition="few", text="there are fewer"),),
        scope=RuleScope.TRADE,
        windows={"n": window},
        untils={"few": lambda f: f.window("n") < 2 * SCALE},
        until_wakes={"few": lambda f: f.window_change("n")},
    )


def lose(desk: Any, lab: Any) -> None:
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-20)


def test_a_lock_of_a_trade_rule_until_a_count_falls_never_ended_because_time_did_not_lower_the_count(
    lab: Any,
) -> None:
    desk = lab.start(losers_lock(lab))
    lose(desk, lab)
    lose(desk, lab)
    (lock,) = desk.state.locks.values()
    assert isinstance(lock, Lock)
    assert lock.end.kind is EndKind.CONDITION

    desk.wait(61)

    assert not desk.state.locks


def test_two_trades_closed_in_one_step_were_counted_twice_each_by_a_trade_rule(lab: Any) -> None:
    desk = lab.start(losers_lock(lab))
    fills = []
    for number, (side, pnl) in enumerate(
        [(Side.BUY, None), (Side.SELL, 5), (Side.BUY, None), (Side.SELL, -20)]
    ):
        desk_fill = SimpleNamespace(side=side, pnl=pnl, id=900 + number)
        fills.append(desk_fill)
    other = lab.start(losers_lock(lab))
    for fill in fills:
        other.fill(lab.MNQ, fill.side, 1, pnl=fill.pnl, id=fill.id)
    together = tuple(other.state.ledger.fills)
    status = other.state.status

    desk.hear(lambda at: SnapshotTaken(at, 7, at, status, (), (), together, at - 2 * 86400 * SECOND))

    assert not desk.state.locks
    assert desk.state.windows["losers/n/"].state == other.state.windows["losers/n/"].state
