"""From fills to what people call trades: open lots, entries and round turns, paired first in first out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from engine.instruments import Instrument
from engine.streams import EntryItem, FillItem, RoundTurn
from engine.units import SCALE, Contracts, Duration, Instant, Money
from engine.venue import Fill, Side


@dataclass(frozen=True, slots=True)
class Lot:
    """Contracts opened by one fill and not closed yet, for the order in which size limits close; `size` has no sign."""

    opened_at: Instant
    size: int


@dataclass(frozen=True, slots=True)
class Episode:
    """One contract from flat to flat: signed `size`, its lots oldest first, and what it has booked so far."""

    size: int = 0
    lots: tuple[Lot, ...] = ()
    opened_at: Instant = Instant(0)
    booked: Money = Money(0)
    costs: Money = Money(0)
    largest: int = 0
    side: Side = Side.BUY
    enforced: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What the fills so far amount to. The streams are in order of time.

    Within an `edition` they only grow; a late or voided fill makes a new one.
    """

    episodes: Mapping[str, Episode] = field(default_factory=lambda: MappingProxyType({}))
    fills: tuple[FillItem, ...] = ()
    entries: tuple[EntryItem, ...] = ()
    trades: tuple[RoundTurn, ...] = ()
    entered: frozenset[int] = frozenset()
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What pairing needs beside the fills: symbols, our own orders, the break-even band (None: the fees)."""

    instruments: Mapping[str, Instrument]
    own_orders: frozenset[int]
    band: Money | None

    def symbol(self, contract: str) -> str:
        instrument = self.instruments.get(contract)
        return instrument.root if instrument else contract


def pair(book: Book, fills: Iterable[Fill], context: Context) -> Book:
    """Return the book after these fills, which come in order of time and are not voided."""
    for fill in fills:
        book = _take(book, fill, context)
    return book


def _take(book: Book, fill: Fill, context: Context) -> Book:
    before = book.episodes.get(fill.contract, Episode())
    is_own = fill.order_id in context.own_orders
    symbol = context.symbol(fill.contract)
    item = FillItem(
        at=fill.executed_at,
        pnl=fill.net,
        quantity=Contracts(fill.size * SCALE),
        price=fill.price,
        symbol=symbol,
        contract=fill.contract,
        side=fill.side.value,
        is_enforced=is_own,
    )
    book = replace(book, fills=(*book.fills, item))
    # The venue books a result for it, but we never saw it opened: it closes something older than the ledger.
    is_orphan = before.size == 0 and fill.pnl is not None
    size = 0 if is_orphan else before.size + fill.side.sign * fill.size
    opened = 0 if is_orphan else _opened(before.size, size, fill)
    if opened and not is_own and fill.order_id not in book.entered:
        entry = EntryItem(fill.executed_at, Contracts(opened * SCALE), symbol, fill.contract, fill.side.value)
        book = replace(book, entries=(*book.entries, entry), entered=book.entered | {fill.order_id})
    closed = fill.size - opened
    ended = is_orphan or (before.size != 0 and before.size * size <= 0)
    running = _running(before, fill, closed, is_own, ended=ended, flips=opened > 0 and ended)
    if ended:
        book = replace(book, trades=(*book.trades, _round_turn(running, fill, context)))
    after = _next_episode(running, fill, size, opened, ended=ended)
    return replace(book, episodes=MappingProxyType({**book.episodes, fill.contract: after}))


def _opened(before: int, after: int, fill: Fill) -> int:
    """Return how many contracts of a fill enlarged the position, the far side of a flip included."""
    if before * after < 0:
        return abs(after)
    return fill.size if abs(after) > abs(before) else 0


def _running(before: Episode, fill: Fill, closed: int, is_own: bool, *, ended: bool, flips: bool) -> Episode:
    """Return the episode with this fill booked. A flip's costs are split by contracts, the rest to the old side."""
    costs = fill.costs * closed // fill.size if flips else fill.costs
    fresh = before.size == 0
    return replace(
        before,
        lots=_less(before.lots, closed, is_own=is_own),
        opened_at=fill.executed_at if fresh else before.opened_at,
        side=_entry_side(before, fill),
        booked=Money((0 if fresh else before.booked) + (fill.pnl or 0) - costs),
        costs=Money((0 if fresh else before.costs) + costs),
        largest=before.largest or closed,
        enforced=ended and is_own,
    )


def _less(lots: tuple[Lot, ...], closed: int, *, is_own: bool) -> tuple[Lot, ...]:
    """Return the lots that are left. The trader closes the oldest, as the venue books it; the guard takes the newest.

    Else the newest would still be there after each reduction, and would have to go again and again.
    """
    kept = list(reversed(lots)) if is_own else list(lots)
    while closed and kept:
        part = min(closed, kept[0].size)
        closed -= part
        rest = kept[0].size - part
        kept[:1] = [replace(kept[0], size=rest)] if rest else []
    return tuple(reversed(kept)) if is_own else tuple(kept)


def _entry_side(before: Episode, fill: Fill) -> Side:
    if before.size:
        return before.side
    return fill.side if fill.pnl is None else fill.side.opposite


def _next_episode(running: Episode, fill: Fill, size: int, opened: int, *, ended: bool) -> Episode:
    if ended and size == 0:
        return Episode()
    lot = (Lot(fill.executed_at, opened),) if opened else ()
    if ended:
        costs = Money(fill.costs - fill.costs * (fill.size - opened) // fill.size)
        return Episode(size, lot, fill.executed_at, Money(-costs), costs, abs(size), fill.side)
    return replace(running, size=size, lots=running.lots + lot, largest=max(running.largest, abs(size)))


def _round_turn(episode: Episode, fill: Fill, context: Context) -> RoundTurn:
    band = context.band if context.band is not None else episode.costs
    return RoundTurn(
        id=fill.id,
        at=fill.executed_at,
        pnl=episode.booked,
        quantity=Contracts(episode.largest * SCALE),
        duration=Duration(fill.executed_at - episode.opened_at),
        symbol=context.symbol(fill.contract),
        contract=fill.contract,
        side=episode.side.value,
        is_scratch=abs(episode.booked) <= band,
        is_enforced=episode.enforced,
    )
