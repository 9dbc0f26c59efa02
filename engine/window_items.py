"""What a window looks at: the items of its stream, and whether all of them are known."""

from engine.facts.view import View
from engine.settings import NEVER_PAID
from engine.streams import REMEMBERED, Item, Stream
from engine.units import Instant
from engine.windows import SpanStart, Window

SELDOM = frozenset({Stream.FIRINGS, Stream.PLACED, Stream.DAYS})
"""Streams with few items, which are simply counted again."""

OF_FILLS = frozenset({Stream.FILLS, Stream.ENTRIES, Stream.TRADES})
"""Streams that come from the ledger of fills."""

SINCE_FIRST_EVENT = (SpanStart.START, SpanStart.FIRED)
"""Windows of an account whose every fill was seen, since nothing is forgotten that they reach back to."""


def is_known(view: View, window: Window, start: Instant) -> bool:
    """Say whether all items since `start` are known, as far as the window needs them."""
    state, payout = view.state, view.settings.payout
    if window.span is SpanStart.PAYOUT and (payout is None or payout > state.now):
        return False  # nobody typed it in, or a date that has not come yet
    if window.stream in REMEMBERED and not _reaches_back(
        items_of(view, window), REMEMBERED[window.stream], start
    ):
        return False
    if window.stream is None or window.stream in SELDOM or window.span in SINCE_FIRST_EVENT:
        return True
    if window.span is SpanStart.PAYOUT and payout == NEVER_PAID:
        return True
    known = state.ledger.known_since
    return known is not None and known <= start


def items_of(view: View, window: Window) -> tuple[Item, ...]:
    """Return all items of a window's stream, of every subject; none where it samples a field."""
    book = view.state.book
    match window.stream:
        case Stream.FILLS:
            return book.fills
        case Stream.ENTRIES:
            return book.entries
        case Stream.TRADES:
            return book.trades
        case Stream.FIRINGS:
            return view.state.firings.get(view.rule, ())
        case Stream.PLACED:
            return view.state.placed
        case Stream.DAYS:
            return view.state.days
        case None:
            return ()


def _reaches_back(items: tuple[Item, ...], most: int, start: Instant) -> bool:
    """Say whether nothing since `start` was forgotten: one more than `most` is kept, and the oldest lies before."""
    return len(items) <= most or items[0].at < start
