"""The clock itself: kept in the store, changed on the engine thread, read by whoever publishes."""

import json
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from engine.units import Instant
from service.guarded import Guarded
from service.iso import iso, iso_or_none
from service.published.days import trading_day
from service.store.store import Store
from service.trade_clock.days_back import trading_days, week_of
from service.trade_clock.shift import Shift, Trading, at_the_desk, days_in_a_row

KEPT = 500
"""Shifts kept of an account: more than a year."""

SHOWN = 20


class TradeClock:
    """The shifts of all accounts. Each account's tuple is replaced whole, so readers need no lock."""

    def __init__(self, store: Store, accounts: Mapping[int, Guarded]) -> None:
        self._store = store
        self._shifts = {number: _read(store.recall(_key(number))) for number in accounts}
        self._rows: dict[int, tuple[str, int]] = {}

    def know(self, account: int) -> None:
        """Take up the shifts of one account more, before anybody asks for it. On the engine thread."""
        self._shifts.setdefault(account, _read(self._store.recall(_key(account))))

    def is_in(self, account: Guarded, now: Instant) -> Shift | None:
        """Return the shift that goes on."""
        return at_the_desk(self._shifts[account.id], _today(account, now))

    def clock_in(self, account: Guarded, now: Instant, digest: str) -> Shift:
        """Begin a shift. On the engine thread; raises StoreFailed when the disk does not take it yet."""
        shift = Shift(_today(account, now), now)
        self._keep(
            account,
            (*self._shifts[account.id], shift),
            now,
            {"clock": "in", "day": shift.day, "rules": digest},
        )
        return shift

    def clock_out(self, account: Guarded, now: Instant) -> Shift:
        """End the shift that goes on; the caller has seen that there is one. As `clock_in`."""
        *before, last = self._shifts[account.id]
        traded = traded_today(account, now, (*before, last))
        shift = Shift(last.day, last.started_at, now, traded)
        self._keep(account, (*before, shift), now, {"clock": "out", "day": shift.day})
        return shift

    def shown(self, account: Guarded, now: Instant) -> dict[str, Any]:
        """Return what the status shows of an account's clock."""
        return {"clock": self.part(account, now)}

    def part(self, account: Guarded, now: Instant) -> dict[str, Any]:
        """Return the clock of an account for the status document."""
        shifts, today = self._shifts[account.id], _today(account, now)
        current = at_the_desk(shifts, today)
        traded = traded_today(account, now, shifts)
        week = week_of(today)
        return {
            "is_in": current is not None,
            "since": iso_or_none(current.started_at if current else None),
            "today_s": sum(one.seconds(now, today) for one in shifts if one.day == today),
            "week_s": sum(one.seconds(now, today) for one in shifts[-100:] if week_of(one.day) == week),
            "days_in_a_row": self._in_a_row(account, today, now),
            "first_trade_at": iso_or_none(traded.first_at),
            "last_trade_at": iso_or_none(traded.last_at),
            "off_clock_fills": traded.off_clock,
            "history": [_row(one, now, today) for one in reversed(shifts[-SHOWN:])],
        }

    def _in_a_row(self, account: Guarded, today: str, now: Instant) -> int:
        """Return the days in a row; counted again only when the day or the shifts are others."""
        shifts = self._shifts[account.id]
        key = f"{today} {len(shifts)}"
        known = self._rows.get(account.id)
        if known is None or known[0] != key:
            worked = frozenset(one.day for one in shifts)
            days = trading_days(account.rules.settings.calendar, now)
            known = self._rows[account.id] = (key, days_in_a_row(worked, days))
        return known[1]

    def _keep(self, account: Guarded, shifts: tuple[Shift, ...], now: Instant, row: dict[str, str]) -> None:
        kept = shifts[-KEPT:]
        self._shifts[account.id] = kept
        self._store.remember(_key(account.id), json.dumps([_written(one) for one in kept]))
        self._store.note(now, "clock", json.dumps(row), account.id)


def traded_today(account: Guarded, now: Instant, shifts: tuple[Shift, ...]) -> Trading:
    """Return what the trader's own orders did in this trading day, as far as the ledger knows.

    Fills off the clock are counted for those who use the clock at all.
    """
    ledger = account.state.ledger
    began = account.rules.settings.calendar.trading_day.last_before(now)
    own = [
        fill.executed_at
        for fill in takewhile(lambda one: one.executed_at >= began, reversed(ledger.fills))
        if not fill.voided and fill.order_id not in ledger.own_orders
    ]
    off = sum(1 for moment in own if not any(one.covers(moment) for one in shifts)) if shifts else 0
    return Trading(min(own, default=None), max(own, default=None), off)


def _today(account: Guarded, now: Instant) -> str:
    return trading_day(account.rules.settings.calendar, now)


def _key(account: int) -> str:
    return f"clock:{account}"


def _written(one: Shift) -> list[Any]:
    return [
        one.day,
        one.started_at,
        one.ended_at,
        one.traded.first_at,
        one.traded.last_at,
        one.traded.off_clock,
    ]


def _read(text: str | None) -> tuple[Shift, ...]:
    rows = json.loads(text) if text else []
    return tuple(
        Shift(day, start, end, Trading(first, last, off)) for day, start, end, first, last, off in rows
    )


def _row(one: Shift, now: Instant, today: str) -> dict[str, Any]:
    return {
        "day": one.day,
        "in": iso(one.started_at),
        "out": iso_or_none(one.ended_at),
        "seconds": one.seconds(now, today),
        "is_forgotten": one.is_forgotten(today),
        "first_trade_at": iso_or_none(one.traded.first_at),
        "last_trade_at": iso_or_none(one.traded.last_at),
    }
