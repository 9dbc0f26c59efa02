"""All that is known about one account. Frozen: `step` makes the next state, the old one stays as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from engine.enforcement import Enforcement, InFlight, OwnAct, Quiet, Rest
from engine.events import Link
from engine.held import HeardFill, Held, Latch, Part, Peak
from engine.instruments import Instrument
from engine.ledger import Ledger
from engine.locks import Lock
from engine.streams import DayItem, Firing, PlacedItem, RoundTurn
from engine.trades import Book
from engine.units import Instant, Money
from engine.venue import AccountStatus, Order, Position, Quote


def none() -> Mapping[Any, Any]:
    """Return the empty mapping that nobody can write to."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LinkState:
    """Whether a way to the venue is up, and since when."""

    is_live: bool
    since: Instant
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeardQuote:
    """A quote and when we heard it, on trusted time."""

    quote: Quote
    at: Instant


@dataclass(frozen=True)
class State:
    """One account at one moment.

    `positions` holds only what is not flat, `orders` only what is working, both as the venue last told.
    `synced_at` is when the latest complete view was asked for, None before the first: until then sizes are unknown;
    `read_until` is when that view was complete.
    `is_confirmed`: a complete view came since the guard started; before, stored values are shown and nothing is judged.
    `is_store_failing`: what is decided cannot be kept, so no lock ends.
    `done` are orders lately finished, `heard` says when the stream last spoke of a contract's position or an order.
    `contracts` are those this account ever showed an interest in; symbol and position rules look at those.
    `resets` holds for each rule the instant of its next reset, `reset_at` that of its last. `quiet` says what must
    not be asked of the venue yet, `eod_*` the balances at ends of trading days,
    `settling_since` since when fills, positions and the account row disagree, `row_gap` by how much the row has moved
    more than the fills explain (signed; `row_costs`: what they cost, which it may show later), `just_filled` the fills of each
    contract that a position may not show yet, `by_fills` the size that fills have led to since the last reading that
    none contradicted, `looks` when it is to be read again, `readings_paid_at`
    when readings have cost nothing any more, `own_acts` what we did lately,
    `moved` when we moved each stop, `wakes` when time alone could change a rule's answer, `unjudged` trades that closed while nothing was judged. `rest` only spares
    work: it is no part of what is known, is not stored, and any state without it leads to the same.
    """

    account: int
    now: Instant = Instant(0)
    started_at: Instant = Instant(0)
    status: AccountStatus | None = None
    listed: bool | None = None
    instruments: Mapping[str, Instrument] = field(default_factory=none)
    positions: Mapping[str, Position] = field(default_factory=none)
    orders: Mapping[int, Order] = field(default_factory=none)
    done: tuple[int, ...] = ()
    heard: Mapping[str, Instant] = field(default_factory=none)
    contracts: frozenset[str] = frozenset()
    quotes: Mapping[str, HeardQuote] = field(default_factory=none)
    links: Mapping[Link, LinkState] = field(default_factory=none)
    synced_at: Instant | None = None
    read_until: Instant | None = None
    is_confirmed: bool = False
    is_store_failing: bool = False
    ledger: Ledger = field(default_factory=Ledger)
    book: Book = field(default_factory=Book)
    settling_since: Instant | None = None
    just_filled: Mapping[str, tuple[HeardFill, ...]] = field(default_factory=none)
    by_fills: Mapping[str, int] = field(default_factory=none)
    is_row_due: bool = False
    row_gap: Money = Money(0)
    row_costs: Money = Money(0)
    peaks: Mapping[str, Peak] = field(default_factory=none)
    eod_balance: Money | None = None
    eod_high: Money | None = None
    trading_day: Instant = Instant(0)
    latches: Mapping[str, Latch] = field(default_factory=none)
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=none)
    windows: Mapping[str, Held] = field(default_factory=none)
    resets: Mapping[str, Instant] = field(default_factory=none)
    reset_at: Mapping[str, Instant] = field(default_factory=none)
    locks: Mapping[str, Lock] = field(default_factory=none)
    enforcements: Mapping[str, Enforcement] = field(default_factory=none)
    in_flight: Mapping[str, InFlight] = field(default_factory=none)
    quiet: Mapping[str, Quiet] = field(default_factory=none)
    own_acts: tuple[OwnAct, ...] = ()
    moved: Mapping[str, Instant] = field(default_factory=none)
    looks: tuple[Instant, ...] = ()
    readings_paid_at: Instant = Instant(0)
    placed: tuple[PlacedItem, ...] = ()
    days: tuple[DayItem, ...] = ()
    unjudged: tuple[RoundTurn, ...] = ()
    firings: Mapping[str, tuple[Firing, ...]] = field(default_factory=none)
    wakes: Mapping[str, Instant] = field(default_factory=none)
    serial: int = 0
    digest: str = ""
    rule_digests: Mapping[str, str] = field(default_factory=none)
    condition_digests: Mapping[str, str] = field(default_factory=none)
    rest: Rest | None = field(default=None, init=False, repr=False, compare=False)

    def but(self, **changes: Any) -> "State":
        """Return this state with other values in these fields.

        The same as `dataclasses.replace`, in a thirtieth of the time: a step does it ten times. That is why the
        fields live in a dictionary and not in slots. Raises TypeError for a field that does not exist.
        """
        if not changes.keys() <= NAMES:
            raise TypeError(f"a state has no {sorted(changes.keys() - NAMES)}")
        fresh = object.__new__(State)
        fresh.__dict__.update(self.__dict__)
        fresh.__dict__.update(changes)
        return fresh

    def is_overtaken(self, asked_at: Instant) -> bool:
        """Say whether a view asked for then overlaps one that is here already, so that either may be the older one."""
        return self.is_confirmed and self.read_until is not None and asked_at < self.read_until

    def booked(self, contract: str) -> Money:
        """Return what the open position in a contract has realized so far, net of its costs, signed."""
        episode = self.book.episodes.get(contract)
        return episode.booked if episode else Money(0)

    def root(self, contract: str) -> str:
        """Return the symbol of a contract; one that the venue does not list is known by its own id."""
        instrument = self.instruments.get(contract)
        return instrument.root if instrument else contract

    def size(self, contract: str) -> int:
        """Return the signed size held, 0 when flat."""
        position = self.positions.get(contract)
        return position.size if position else 0


NAMES = frozenset(each.name for each in fields(State))
"""The fields of a state."""
