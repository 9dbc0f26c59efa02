"""The streams of the rule language: what one item is, and which fields it has."""

from collections.abc import Mapping
from dataclasses import dataclass

from dsl.kinds import CONTRACTS, DURATION, MONEY, PRICE, SYMBOL, TEXT, YES_NO, Kind
from engine.rule import Topic
from engine.streams import Stream


@dataclass(frozen=True, slots=True)
class StreamSpec:
    """A stream. `stream` is None for what is now, which takes no window. Item fields have the names of the engine.

    `has_scratches`: items within the break-even band are neither won nor lost, so a streak skips them.
    """

    word: str
    item: str
    stream: Stream | None
    fields: Mapping[str, Kind]
    topics: frozenset[Topic]
    has_scratches: bool = False


_TRADE = {
    "pnl": MONEY,
    "loss": MONEY,
    "profit": MONEY,
    "quantity": CONTRACTS,
    "duration": DURATION,
    "symbol": SYMBOL,
    "side": TEXT,
    "is_scratch": YES_NO,
    "is_enforced": YES_NO,
}
_ENTRY = {"quantity": CONTRACTS, "symbol": SYMBOL, "side": TEXT}
_FILL = {"pnl": MONEY, **_ENTRY, "price": PRICE, "is_enforced": YES_NO}
_CURRENT = {**_ENTRY, "signed_quantity": CONTRACTS, "age": DURATION}
_POSITION = {
    **_CURRENT,
    "open_pnl": MONEY,
    "open_loss": MONEY,
    "covered": CONTRACTS,
    "uncovered": CONTRACTS,
}
_NOW = frozenset({Topic.POSITIONS, Topic.ORDERS, Topic.QUOTES, Topic.CLOCK})
_FILLS = frozenset({Topic.FILLS})

STREAMS: Mapping[str, StreamSpec] = {
    "trades": StreamSpec("trades", "a closed trade", Stream.TRADES, _TRADE, _FILLS, has_scratches=True),
    "entries": StreamSpec(
        "entries", "an order that raised the size, at its first fill", Stream.ENTRIES, _ENTRY, _FILLS
    ),
    "fills": StreamSpec("fills", "an execution", Stream.FILLS, _FILL, _FILLS),
    "placed": StreamSpec(
        "placed",
        "an order sent, filled or not; more than 500 are unknown",
        Stream.PLACED,
        _ENTRY,
        frozenset({Topic.ORDERS}),
    ),
    "days": StreamSpec(
        "days",
        "a finished trading day; more than 1,000 are unknown",
        Stream.DAYS,
        {"pnl": MONEY},
        frozenset({Topic.CLOCK, Topic.FILLS}),
    ),
    "firings": StreamSpec(
        "firings",
        "an earlier firing of this rule; more than 100 are unknown",
        Stream.FIRINGS,
        {"tier": TEXT},
        _FILLS,
    ),
    "positions": StreamSpec("positions", "a position held now", None, _POSITION, _NOW),
    "orders": StreamSpec("orders", "an order working now", None, _CURRENT, _NOW),
}

NEVER_NEGATIVE = frozenset(
    {"loss", "profit", "quantity", "duration", "age", "open_loss", "covered", "uncovered"}
)
"""Item fields that are sizes."""

UNKNOWABLE = frozenset({"open_pnl", "open_loss", "covered", "uncovered"})
"""Item fields of what is now that may be unknown; those of past items never are."""
