"""What the broker can be asked to do. None of these can enlarge or flip a position.

`id` is unique in an account for ever; `enforcement` names the record it belongs to.
"""

from dataclasses import dataclass

from engine.units import Instant, Price
from engine.venue import Side


@dataclass(frozen=True, slots=True)
class ClosePosition:
    """Close all of a position at the market. The venue leaves other working orders alive."""

    id: str
    enforcement: str
    contract: str


@dataclass(frozen=True, slots=True)
class ReducePosition:
    """Close `size` contracts (positive) of a position at the market."""

    id: str
    enforcement: str
    contract: str
    size: int


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Cancel one working order."""

    id: str
    enforcement: str
    contract: str
    order_id: int


@dataclass(frozen=True, slots=True)
class ResizeOrder:
    """Shrink an exit order that is larger than what is left to exit. `size` is its new total size."""

    id: str
    enforcement: str
    contract: str
    order_id: int
    size: int


@dataclass(frozen=True, slots=True)
class MoveStop:
    """Move a protective stop to a tighter price, because `rule` wants it."""

    id: str
    enforcement: str
    contract: str
    order_id: int
    price: Price
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PlaceStop:
    """Place a protective stop: opposite to the position, never larger than what is uncovered.

    `tag` is unique in the account for ever; after an unknown outcome it tells whether the order exists.
    """

    id: str
    enforcement: str
    contract: str
    side: Side
    size: int
    price: Price
    tag: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TakeSnapshot:
    """Read the account anew by REST, fills since `fills_since` included; the answer is a `SnapshotTaken`."""

    id: str
    enforcement: str
    fills_since: Instant


Command = ClosePosition | ReducePosition | CancelOrder | ResizeOrder | MoveStop | PlaceStop | TakeSnapshot
