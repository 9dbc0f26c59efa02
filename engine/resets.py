"""Resets of rules: by cron, on trusted time. One missed while the guard was down is applied before anything else."""

from engine.streams import REMEMBERED, DayItem, Stream
from engine.units import Instant, Money
from engine.work import Work

KEPT_DAYS = REMEMBERED[Stream.DAYS] + 1
"""Finished days; the one above those that are counted tells whether a window reaches back further."""


def apply_resets(work: Work) -> None:
    """Move each rule that has a reset into its current period; windows `since reset` then begin anew."""
    _note_end_of_day(work)
    for rule in work.rules.rules:
        if rule.reset is None:
            continue
        due = work.state.resets.get(rule.name)
        if due is not None and due > work.state.now:
            continue
        work.put("reset_at", rule.name, rule.reset.last_before(work.state.now))
        work.put("resets", rule.name, rule.reset.next_after(work.state.now))


def _note_end_of_day(work: Work) -> None:
    """Keep the balance with which a trading day ended, and the highest of them (`rules.md` 2.2)."""
    state = work.state
    opened = work.rules.settings.calendar.trading_day.last_before(state.now)
    if opened == state.trading_day:
        return
    if state.trading_day and state.status is not None and work.before.status is not None:
        balance = work.before.status.balance
        work.set(eod_balance=balance, eod_high=Money(max(balance, state.eod_high or balance)))
    if state.trading_day:
        booked = sum(
            fill.net for fill in state.ledger.valid() if state.trading_day <= fill.executed_at < opened
        )
        work.set(days=(*state.days, DayItem(Instant(opened - 1), Money(booked)))[-KEPT_DAYS:])
    work.set(trading_day=opened)
