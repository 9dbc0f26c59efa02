"""What a reconciliation can ask for, before it becomes a command with an id."""

from dataclasses import dataclass


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


Step = Close | Reduce | Cancel | Resize
