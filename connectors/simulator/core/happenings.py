"""What the core tells the outside: one record per change, in the order in which the venue would send them."""

from dataclasses import dataclass
from decimal import Decimal

from connectors.simulator.core.instants import Instant
from connectors.simulator.core.kinds import Side
from connectors.simulator.core.records import Account, Order, Position, Trade


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order was accepted, filled, changed, cancelled or rejected."""

    order: Order


@dataclass(frozen=True, slots=True)
class TradeMade:
    """A fill was booked, or (with `trade.voided`) taken back."""

    trade: Trade


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """A position opened, changed, or (size zero) closed."""

    position: Position


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """Balance or permission of an account changed."""

    account: Account


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole state of one contract's market. `volume` counts contracts since the start of the world."""

    contract_id: str
    at: Instant
    bid: Decimal
    ask: Decimal
    last: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    volume: int


@dataclass(frozen=True, slots=True)
class QuoteChanged:
    """The market of one contract moved from `before` to `after`."""

    before: Quote
    after: Quote


@dataclass(frozen=True, slots=True)
class MarketTraded:
    """Somebody else traded: a print on the tape."""

    contract_id: str
    at: Instant
    price: Decimal
    volume: int
    aggressor: Side


Happening = OrderChanged | TradeMade | PositionChanged | AccountChanged | QuoteChanged | MarketTraded
