"""What must not be asked of the venue for a while, after it said no or nobody knows what it did."""

from engine.commands import (
    CancelOrder,
    ClosePosition,
    Command,
    MoveStop,
    PlaceStop,
    ReducePosition,
    ResizeOrder,
    TakeSnapshot,
)
from engine.enforcement import Quiet
from engine.units import MINUTE, SECOND, Instant
from engine.work import Work

WAITS = (1 * SECOND, 4 * SECOND, 8 * SECOND, 16 * SECOND)
"""After failures in a row; the last is repeated. No more than six requests a minute, and never silent for 20 s.

Source: `reliability.md` 3, I5 and I6.
"""

FORBIDDEN_WAIT = MINUTE
"""Where asking again will not help."""

SNAPSHOT = "snapshot"


def quiet_key(command: Command) -> str:
    """Return what must be left alone after a refusal: the contract for sizes, the order for orders."""
    match command:
        case ClosePosition(contract=contract) | ReducePosition(contract=contract):
            return contract
        case CancelOrder(order_id=order_id) | ResizeOrder(order_id=order_id) | MoveStop(order_id=order_id):
            return str(order_id)
        case PlaceStop(contract=contract):
            return f"stop of {contract}"
        case TakeSnapshot():
            return SNAPSHOT


def keep_quiet(work: Work, key: str, *, is_hopeless: bool = False) -> None:
    """Ask nothing about it for a while, longer with each failure in a row; reading never waits long."""
    failures = 1 + (work.state.quiet[key].failures if key in work.state.quiet else 0)
    waits = WAITS[:2] if key == SNAPSHOT else WAITS
    wait = FORBIDDEN_WAIT if is_hopeless else waits[min(failures, len(waits)) - 1]
    work.put("quiet", key, Quiet(Instant(work.state.now + wait), failures))
