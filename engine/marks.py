"""What open positions are worth now. A price that is old, one-sided or crossed is unknown, never a guess."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.events import Link
from engine.instruments import money_for, ticks_between
from engine.settings import Settings
from engine.units import SECOND, Instant, Money, Price, Ticks
from engine.venue import Position, Quote

if TYPE_CHECKING:
    from engine.state import HeardQuote, State


def mark(state: "State", settings: Settings, position: Position) -> Price | None:
    """Return the price at which a position could be left now: bid for longs, ask for shorts; None: unknown."""
    heard = state.quotes.get(position.contract)
    if heard is None or state.now > _fresh_until(heard, settings) or not _is_usable(heard.quote):
        return None
    if settings.mark == "last":
        return heard.quote.last
    return heard.quote.bid if position.size > 0 else heard.quote.ask


def profit_ticks(state: "State", settings: Settings, position: Position) -> Ticks | None:
    """Return how many ticks the position is ahead of its average entry (negative: behind); None: unknown."""
    price, instrument = mark(state, settings, position), state.instruments.get(position.contract)
    if price is None or instrument is None:
        return None
    ticks = ticks_between(instrument, position.average_price, price)
    return ticks if position.size > 0 else Ticks(-ticks)


def open_pnl(state: "State", settings: Settings, position: Position) -> Money | None:
    """Return the signed result of closing the position at the mark, costs left out; None: unknown."""
    ticks, instrument = profit_ticks(state, settings, position), state.instruments.get(position.contract)
    if ticks is None or instrument is None:
        return None
    return money_for(instrument, ticks, abs(position.size))


def open_pnl_of(state: "State", settings: Settings, positions: Iterable[Position]) -> Money | None:
    """Return the sum over positions; one unknown makes the sum unknown."""
    total = 0
    for position in positions:
        part = open_pnl(state, settings, position)
        if part is None:
            return None
        total += part
    return Money(total)


def goes_stale_at(state: "State", settings: Settings, contract: str) -> Instant | None:
    """Return when the contract's quote becomes unknown by age, None if it is so already."""
    heard = state.quotes.get(contract)
    if heard is None or state.now > _fresh_until(heard, settings):
        return None
    return Instant(_fresh_until(heard, settings) + 1)


def first_quote_due(state: "State", settings: Settings) -> Instant | None:
    """Return until when the first quote of a contract just entered may still be on its way; None if none is missing.

    Quotes are asked for when a contract is first held; the first comes 50 to 250 ms later.
    """
    market = state.links.get(Link.MARKET_HUB)
    asked = market.since if market is not None and market.is_live else 0
    missing = [held for held in state.positions.values() if held.contract not in state.quotes]
    return max((Instant(max(held.opened_at, asked) + settings.fresh_for) for held in missing), default=None)


SKEW = 2 * SECOND
"""How far the venue's own stamp of a quote may lie behind trusted time before it counts as old."""


def _fresh_until(heard: "HeardQuote", settings: Settings) -> int:
    """Return the last instant at which a quote counts: by when we heard it, and by when the venue quoted it.

    The first quote after a reconnect can be an old one.
    """
    return min(heard.at, heard.quote.quoted_at + SKEW) + settings.fresh_for


def _is_usable(quote: Quote) -> bool:
    return quote.bid is not None and quote.ask is not None and quote.bid <= quote.ask
