"""Everything the engine can hear. `at` is always trusted time of receipt; see decision 3 for the other times."""

from dataclasses import dataclass
from enum import StrEnum

from engine.instruments import Instrument
from engine.locks import TradingState
from engine.own_events import ContractsWatched, StoreSeen
from engine.units import Instant
from engine.venue import AccountStatus, Fill, Order, Position, Quote


@dataclass(frozen=True, slots=True)
class ClockTick:
    """Time passed and nothing else happened."""

    at: Instant


@dataclass(frozen=True, slots=True)
class InstrumentsSeen:
    """What the venue lists; without it no contract has a symbol or a tick value."""

    at: Instant
    instruments: tuple[Instrument, ...]


class Link(StrEnum):
    """A way to the venue."""

    USER_HUB = "user_hub"
    MARKET_HUB = "market_hub"
    REST = "rest"
    LOGIN = "login"


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A way to the venue came up or went down. `reason` is for people."""

    at: Instant
    link: Link
    is_live: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuoteSeen:
    """A contract's merged quote changed."""

    at: Instant
    quote: Quote


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """The account row changed. None: the venue no longer lists the account."""

    at: Instant
    account: int
    status: AccountStatus | None


@dataclass(frozen=True, slots=True)
class PositionSeen:
    """A position changed; size 0 is flat."""

    at: Instant
    account: int
    position: Position


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order appeared or changed."""

    at: Instant
    account: int
    order: Order


@dataclass(frozen=True, slots=True)
class FillSeen:
    """A fill was heard, perhaps again: the ledger counts it once per id."""

    at: Instant
    account: int
    fill: Fill


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """The venue's complete view by REST. It wins over what was heard before `asked_at`, not over later events.

    `fills` are those since `fills_since`. Without `has_suspended` what the stream told of suspended legs stays.
    """

    at: Instant
    account: int
    asked_at: Instant
    status: AccountStatus | None
    positions: tuple[Position, ...]
    orders: tuple[Order, ...]
    fills: tuple[Fill, ...]
    fills_since: Instant
    has_suspended: bool = True


class Answer(StrEnum):
    """How a request ended. UNKNOWN: it may or may not have happened; look before asking again."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Refusal(StrEnum):
    """Why the venue said no, as far as it decides what to do next."""

    GONE = "gone"  # no such position or order: perhaps already what we wanted; read and see
    PAUSED = "paused"  # market closed, halted, no price: ask again later
    LIMITED = "limited"  # too many requests; nothing was executed
    FORBIDDEN = "forbidden"  # this account may not do that by API: asking again will not help
    STALE = "stale"  # not the venue's word: it waited behind another request for too long and was not sent
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CommandSent:
    """The request is about to be handed to the socket."""

    at: Instant
    account: int
    command: str


@dataclass(frozen=True, slots=True)
class CommandAnswered:
    """The venue answered a command, or nobody knows whether it did. `text` is for people."""

    at: Instant
    account: int
    command: str
    answer: Answer
    refusal: Refusal | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LockRequested:
    """A person asks for a lock, which can only tighten. `until` None: until an admin lifts it; `reason` for people."""

    at: Instant
    account: int
    symbol: str | None
    until: Instant | None
    by: str
    state: TradingState = TradingState.NO_INCREASE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LockLifted:
    """An admin lifts one lock; password or code were checked before this event exists. A promise stays (`locks`)."""

    at: Instant
    account: int
    lock: str
    by: str


@dataclass(frozen=True, slots=True)
class GuardStarted:
    """The guard runs from here on; `last_seen` is the last moment it is known to have run before."""

    at: Instant
    account: int
    last_seen: Instant | None


@dataclass(frozen=True, slots=True)
class RulesArmed:
    """From here on this set of rules decides. `digest` names it."""

    at: Instant
    account: int
    digest: str


VenueEvent = AccountSeen | PositionSeen | OrderSeen | FillSeen | SnapshotTaken
OwnEvent = CommandSent | CommandAnswered | ContractsWatched | GuardStarted | RulesArmed
AccountEvent = VenueEvent | OwnEvent | LockRequested | LockLifted
Event = AccountEvent | ClockTick | InstrumentsSeen | LinkSeen | QuoteSeen | StoreSeen
