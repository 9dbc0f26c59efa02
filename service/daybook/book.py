"""The writer of status/days: called with each published document, it adds the lines that are new."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.ledger import Ledger
from engine.streams import RoundTurn
from engine.trades import Book
from engine.units import DAY, MINUTE, Instant
from service.daybook.pages import Pages
from service.daybook.rows import contract_rows, fill_row, trade_row
from service.daybook.sample import sample
from service.guarded import Guarded
from service.published.days import trading_day

LOG = logging.getLogger("risk.daybook")

EVERY = MINUTE
"""A point of the curve a minute, and one whenever positions or the verdict change."""

AT_LEAST = 15 * MINUTE
"""So often a point even where nothing changed: a longer hole means that nobody was guarding."""

BACK = 7 * DAY
"""Fills older than this are in earlier days' files, or nobody was guarding for a week."""


@dataclass(slots=True)
class _Seen:
    """What was written last for one account."""

    at: Instant = Instant(0)
    look: str = ""
    figures: str = ""
    gauges: dict[str, Any] = field(default_factory=dict)
    ledger: Ledger | None = None
    book: Book | None = None
    trades: dict[int, RoundTurn] = field(default_factory=dict)
    contracts: frozenset[str] = frozenset()


class DayBook:
    """Lives on the publisher's thread. A line that cannot be written waits; the guard does not wait for it."""

    def __init__(self, folder: Path) -> None:
        self._pages = Pages(folder)
        self._seen: dict[int, _Seen] = {}
        self._is_broken = False

    def note(self, accounts: Iterable[Guarded], document: dict[str, Any], now: Instant) -> None:
        """Add what is new; the document's accounts are these, in the same order."""
        try:
            for account, part in zip(accounts, document["accounts"], strict=True):
                self._account(account, part, now)
            self._pages.write()
        except OSError as error:
            if not self._is_broken:
                LOG.error("the day book cannot be written (%s): the report will have a hole", error)
            self._is_broken = True
        else:
            self._is_broken = False

    def _account(self, account: Guarded, part: dict[str, Any], now: Instant) -> None:
        seen = self._seen.setdefault(account.id, _Seen())
        today = part["session"]["trading_day"]
        state = account.state
        if state.contracts != seen.contracts or (state.contracts and not seen.at):
            seen.contracts = state.contracts
            for row in contract_rows(account.name, state):
                self._pages.add(today, row)
        self._fills(account, seen, now)
        if _is_due(seen, part, now):
            self._pages.add(today, sample(account, part, now, seen.gauges))

    def _fills(self, account: Guarded, seen: _Seen, now: Instant) -> None:
        """Add fills and trades, each to the day on which it happened."""
        state, calendar = account.state, account.rules.settings.calendar
        if state.ledger is not seen.ledger:
            seen.ledger = state.ledger
            for fill in state.ledger.fills:
                if fill.executed_at >= now - BACK:
                    day = trading_day(calendar, fill.executed_at)
                    self._pages.add(day, fill_row(account.name, state, fill))
        if state.book is not seen.book:
            seen.book = state.book
            known = {trade.id: trade for trade in state.book.trades if trade.at >= now - BACK}
            for trade in known.values():
                day = trading_day(calendar, trade.at)
                self._pages.add(day, trade_row(account.name, state, trade))
            for gone in [old for number, old in seen.trades.items() if number not in known]:
                if gone.at >= now - BACK:  # the venue voided a fill of it
                    day = trading_day(calendar, gone.at)
                    self._pages.add(day, trade_row(account.name, state, gone, voided=True))
            seen.trades = known


def _is_due(seen: _Seen, part: dict[str, Any], now: Instant) -> bool:
    """Say whether this moment deserves a point of the curve; remembers that it got one."""
    look = json.dumps([part["verdict"]["level"], [(row["name"], row["size"]) for row in part["positions"]]])
    figures = json.dumps([part["day"], [row["value"] for row in part["rules"]]])
    is_due = (
        look != seen.look or now - seen.at >= AT_LEAST or (now - seen.at >= EVERY and figures != seen.figures)
    )
    if is_due:
        seen.at, seen.look, seen.figures = now, look, figures
    return is_due
