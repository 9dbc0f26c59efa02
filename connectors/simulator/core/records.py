"""What the venue keeps: accounts, orders, trades (half-turns) and positions. All frozen; a change makes a new one."""

from dataclasses import dataclass
from decimal import Decimal

from connectors.simulator.core.instants import Instant
from connectors.simulator.core.kinds import OrderType, PositionType, Side, Status

NINE_DIGITS = Decimal("0.000000001")


@dataclass(frozen=True, slots=True)
class Account:
    """A trading account. `balance` is cash in dollars, net of every fee and commission at once."""

    id: int
    name: str
    balance: Decimal
    can_trade: bool = True
    visible: bool = True
    simulated: bool = True
    login: str = "demo"
    follower: bool = False
    brackets: str = "auto_oco"
    max_contracts: int = 150
    position_stop: int | None = None
    position_target: int | None = None
    """Ticks of the legs that the platform itself adds in position mode."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order. `trail_ticks` is a distance in ticks: signed from the entry on bracket children."""

    id: int
    account_id: int
    contract_id: str
    created: Instant
    updated: Instant
    status: Status
    type: OrderType
    side: Side
    size: int
    limit_price: Decimal | None = None
    stop_price: Decimal | None = None
    filled: int = 0
    filled_price: Decimal | None = None
    tag: str | None = None
    trail_ticks: int | None = None
    parent_id: int | None = None
    linked_id: int | None = None

    @property
    def remaining(self) -> int:
        """Contracts not yet filled."""
        return self.size - self.filled

    @property
    def is_live(self) -> bool:
        """Whether it can still create exposure: working, on its way, or a suspended child."""
        return self.status in (Status.OPEN, Status.PENDING, Status.PENDING_CANCELLATION, Status.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Trade:
    """One fill. `gross` is None when it opened or added; else the result in dollars before costs."""

    id: int
    account_id: int
    contract_id: str
    created: Instant
    price: Decimal
    gross: Decimal | None
    fees: Decimal
    commissions: Decimal
    side: Side
    size: int
    order_id: int
    voided: bool = False

    @property
    def net(self) -> Decimal:
        """What this fill did to the balance, in dollars."""
        return (self.gross or Decimal(0)) - self.fees - self.commissions


@dataclass(frozen=True, slots=True)
class Position:
    """The net position in one contract. `size` is signed: short is negative, flat is zero."""

    id: int
    account_id: int
    contract_id: str
    created: Instant
    size: int
    average_price: Decimal

    @property
    def type(self) -> PositionType:
        """The direction as the wire writes it."""
        if self.size == 0:
            return PositionType.FLAT
        return PositionType.LONG if self.size > 0 else PositionType.SHORT
