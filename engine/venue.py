"""The venue's rows in our words: orders, fills, positions, quotes and the account itself."""

from dataclasses import dataclass
from enum import StrEnum

from engine.units import Instant, Money, Price


class Side(StrEnum):
    """Which way an order or a fill goes."""

    BUY = "buy"
    SELL = "sell"

    @property
    def sign(self) -> int:
        return 1 if self is Side.BUY else -1

    @property
    def opposite(self) -> "Side":
        return Side.SELL if self is Side.BUY else Side.BUY


class OrderKind(StrEnum):
    """How an order wants to be filled."""

    LIMIT = "limit"
    MARKET = "market"
    STOP_LIMIT = "stop_limit"
    STOP = "stop"
    TRAILING_STOP = "trailing_stop"
    JOIN = "join"
    UNKNOWN = "unknown"


PROTECTIVE_KINDS = frozenset({OrderKind.STOP, OrderKind.STOP_LIMIT, OrderKind.TRAILING_STOP})


class OrderStatus(StrEnum):
    """Where an order is in its life."""

    OPEN = "open"
    PENDING = "pending"
    PENDING_CANCEL = "pending_cancel"
    SUSPENDED = "suspended"
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


OWN_TAG = "risk-"
"""What the tags of our own orders begin with."""

TERMINAL = frozenset({OrderStatus.FILLED, OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REJECTED})


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the venue last told it. `size` and `filled` are contracts, never negative."""

    id: int
    contract: str
    side: Side
    kind: OrderKind
    size: int
    filled: int
    status: OrderStatus
    created_at: Instant
    limit_price: Price | None = None
    stop_price: Price | None = None
    tag: str | None = None
    parent_id: int | None = None

    @property
    def is_working(self) -> bool:
        """It can still fill: open, pending, not yet cancelled, a suspended bracket leg, or a status we do not know."""
        return self.status not in TERMINAL

    @property
    def remaining(self) -> int:
        return max(self.size - self.filled, 0)

    @property
    def is_tagged_ours(self) -> bool:
        """We placed it: a stop. What we close bears no tag (`gateway-api.md`, decision 16)."""
        return (self.tag or "").startswith(OWN_TAG)


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution of an order or part of it. The venue calls it a trade.

    `pnl` is the venue's gross result of the part it closed; None for an opening fill, which closes nothing.
    `costs` are fees and commissions of this fill, never negative. A voided fill never happened.
    """

    id: int
    order_id: int
    contract: str
    side: Side
    size: int
    price: Price
    pnl: Money | None
    costs: Money
    executed_at: Instant
    voided: bool = False

    @property
    def net(self) -> Money:
        """What this fill booked: its gross result less its costs."""
        return Money((self.pnl or 0) - self.costs)


@dataclass(frozen=True, slots=True)
class Position:
    """Contracts held in one instrument: `size` is signed, short is negative, flat is zero."""

    contract: str
    size: int
    average_price: Price
    opened_at: Instant


@dataclass(frozen=True, slots=True)
class Quote:
    """The merged state of a contract's quote stream. A price that was never heard, or was zero, is None."""

    contract: str
    bid: Price | None
    ask: Price | None
    last: Price | None
    quoted_at: Instant


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """The account row: cash balance with everything realized, nothing open; may it trade; is it play money."""

    name: str
    balance: Money
    can_trade: bool
    simulated: bool
