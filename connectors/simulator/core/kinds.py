"""The numbers that the gateway uses for sides, order types and states."""

from enum import IntEnum


class Side(IntEnum):
    """The side of an order or a fill."""

    BUY = 0
    SELL = 1

    @property
    def sign(self) -> int:
        """1 for a buy, -1 for a sell."""
        return 1 if self is Side.BUY else -1

    @property
    def opposite(self) -> "Side":
        """The other side."""
        return Side.SELL if self is Side.BUY else Side.BUY


class OrderType(IntEnum):
    """How an order asks for its price."""

    LIMIT = 1
    MARKET = 2
    STOP_LIMIT = 3
    STOP = 4
    TRAILING_STOP = 5
    JOIN_BID = 6
    JOIN_ASK = 7


class Status(IntEnum):
    """Where an order stands. Filled, cancelled, expired and rejected are final."""

    OPEN = 1
    FILLED = 2
    CANCELLED = 3
    EXPIRED = 4
    REJECTED = 5
    PENDING = 6
    PENDING_CANCELLATION = 7
    SUSPENDED = 8


class PositionType(IntEnum):
    """The direction of a position; the size on the wire has no sign."""

    FLAT = 0
    LONG = 1
    SHORT = 2
