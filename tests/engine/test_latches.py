"""A rule's life: timers, unknown answers, warnings, re-arming, resets."""

from typing import Any

from engine.actions import Cooldown, Flatten, LockEntries, Notify
from engine.facts import Facts
from engine.locks import TradingState
from engine.rule import EarlyWarning, IfUnknown, RuleScope
from engine.streams import Stream
from engine.units import SCALE, SECOND, Duration, Instant, Money
from engine.venue import Side
from engine.windows import SpanStart, Window


class Total:
    """A running sum, as the language's own `sum`."""

    def empty(self) -> Any:
        return 0

    def add(self, held: Any, value: int, at: Instant) -> Any:
        return held + value

    def forget(self, held: Any, until: Instant) -> Any:
        return held

    def oldest(self, held: Any) -> Instant | None:
        return None

    def result(self, held: Any) -> int | None:
        return int(held)


def daily_loss(lab: Any, limit: int = 500, **more: Any) -> Any:
    def lost(facts: Facts) -> int | None:
        total = facts.window("w0")
        return None if total is None else max(-total, 0)

    def reaches(amount: int) -> Any:
        return lambda facts: None if lost(facts) is None else lost(facts) >= amount * SCALE

    window = Window(
        "w0", Stream.FILLS, SpanStart.RESET, lambda item, facts: True, lambda item, facts: item.pnl, Total()
    )
    return lab.rule(
        "daily_loss",
        reaches(limit),
        lambda facts: (Flatten("account"), LockEntries("account", "reset"), Notify(frozenset({"trader"}))),
        windows={"w0": window},
        reads=lab.fills,
        reset=lab.Daily(22),
        streams=frozenset({"fills"}),
        warn=EarlyWarning(reaches(limit * 8 // 10), lambda facts, context: "careful"),
        **more,
    )


def test_the_limit_itself_trips_one_dollar_less_does_not(lab: Any) -> None:
    desk = lab.start(daily_loss(lab))

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-499)
    assert desk.kinds() == ["warn"]
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-1)

    assert desk.kinds() == ["warn", "breach", "lock"]
    (lock,) = desk.state.locks.values()
    assert (lock.state, lock.end.at) == (TradingState.FLAT_ONLY, lab.Daily(22).next_after(desk.now))


def test_costs_of_the_opening_side_count(lab: Any) -> None:
    desk = lab.start(daily_loss(lab))

    desk.fill(lab.MNQ, Side.BUY, 1, costs=1 * SCALE)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-498, costs=1 * SCALE)

    assert "lock" in desk.kinds()


def test_it_opens_again_at_the_reset_and_counts_anew(lab: Any) -> None:
    desk = lab.start(daily_loss(lab))
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-600)
    (lock,) = desk.state.locks.values()

    desk.wait(2)
    desk.sync()  # flat, as the venue's own view says

    desk.now = Instant(lock.end.at - 1)
    desk.wait(0)
    assert desk.state.locks
    desk.now = lock.end.at
    desk.wait(0)
    assert not desk.state.locks

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-100)
    assert not desk.state.locks


def test_a_lock_lifted_by_an_admin_comes_back_only_with_another_fill(lab: Any) -> None:
    from engine.events import LockLifted

    desk = lab.start(daily_loss(lab))
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-600)
    (name,) = desk.state.locks
    desk.hear(lambda at: LockLifted(at, 7, name, "admin"))
    desk.hold(lab.MNQ, -1)
    desk.wait(5)
    assert (desk.state.locks, desk.commands) == ({}, [])

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-5)

    assert len(desk.state.locks) == 1


def test_unknown_fills_refuse_entries_until_they_are_known(lab: Any) -> None:
    desk = lab.start(daily_loss(lab, if_unknown=IfUnknown.NO_INCREASE))
    from dataclasses import replace

    desk.state = replace(desk.state, ledger=replace(desk.state.ledger, known_since=None))
    desk.wait(1)
    desk.fill(lab.MNQ, Side.BUY, 1)
    (lock,) = desk.state.locks.values()
    assert lock.state is TradingState.NO_INCREASE

    desk.sync()

    assert not desk.state.locks


def test_a_timer_runs_only_while_the_answer_is_known(lab: Any) -> None:
    def losing(facts: Facts) -> bool | None:
        loss = facts.account.open_loss
        return None if loss is None else loss >= Money(SCALE)

    slow = lab.rule(
        "slow", losing, lambda facts: (Cooldown(Duration(60 * SECOND)),), hold=lambda facts: 4 * SECOND
    )
    desk = lab.start(slow)
    desk.hold(lab.MNQ, 1)
    desk.quote(lab.MNQ, 19_000)
    desk.wait(3.1)
    desk.wait(60)
    assert desk.kinds() == ["unknown", "known", "pending", "unknown"]

    desk.quote(lab.MNQ, 19_000)
    desk.wait(0.8)
    assert "breach" not in desk.kinds()
    desk.wait(0.2)
    assert desk.kinds()[-2:] == ["breach", "lock"]


def test_a_closed_trade_is_looked_at_once(lab: Any) -> None:
    cooling = lab.rule(
        "cooling",
        lambda facts: facts.trade.loss >= 100 * SCALE,
        lambda facts: (Cooldown(Duration(300 * SECOND)),),
        scope=RuleScope.TRADE,
    )
    desk = lab.start(cooling)
    desk.fill(lab.MNQ, Side.BUY, 1)
    desk.fill(lab.MNQ, Side.SELL, 1, pnl=-150)
    assert [lock.end.at for lock in desk.state.locks.values()] == [desk.now + 300 * SECOND]

    desk.wait(300)
    desk.wait(1)

    assert (desk.state.locks, desk.kinds()) == ({}, ["breach", "lock", "unlock"])
