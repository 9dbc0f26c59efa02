"""What a reconciliation can ask for, before it becomes a command with an id."""

from dataclasses import dataclass

from engine.units import Price
from engine.venue import Side


@dataclass(frozen=True, slots=True)
class Close:
    """Go flat in a contract."""

    contract: str


@dataclass(frozen=True, slots=True)
class Reduce:
    """Take `size` contracts (positive) off a position."""

    contract: str
    size: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel one order."""

    contract: str
    order_id: int


@dataclass(frozen=True, slots=True)
class Resize:
    """Give an order a smaller total size."""

    contract: str
    order_id: int
    size: int


@dataclass(frozen=True, slots=True)
class Move:
    """Move a stop to a tighter price."""

    contract: str
    order_id: int
    price: Price


@dataclass(frozen=True, slots=True)
class Place:
    """Place a protective stop."""

    contract: str
    side: Side
    size: int
    price: Price


Step = Close | Reduce | Cancel | Resize
StopStep = Move | Place | Cancel | Resize
