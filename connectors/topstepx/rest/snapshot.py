"""The whole of an account as REST shows it, read in an order that errs to the safe side."""

from collections.abc import Callable

from connectors.failures import LoginRefused, Refused, Unreadable
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.reads import Reads
from engine.events import SnapshotTaken
from engine.units import Instant
from engine.venue import AccountStatus


def take_snapshot(
    reads: Reads,
    now: Callable[[], Instant],
    account: int,
    fills_since: Instant,
    *,
    use: Use,
    status: AccountStatus | None,
) -> SnapshotTaken:
    """Return what REST shows of an account. `status` was read just before; None: it is not listed.

    Orders first, then positions, then fills: an order that fills in between shows up twice, never not at all.
    Raises Unreachable, RateLimited, LoginRefused. A failed question is never "nothing there".
    """
    asked_at = now()
    try:
        orders, has_suspended = reads.working_orders(account, use)
        positions = reads.positions(account, use)
        fills = reads.fills(account, fills_since, use)
    except LoginRefused:
        raise
    except Refused as error:
        raise Unreadable(f"account {account} cannot be read: {error}") from error
    return SnapshotTaken(
        at=now(),
        account=account,
        asked_at=asked_at,
        status=status,
        positions=positions,
        orders=orders,
        fills=fills,
        fills_since=fills_since,
        has_suspended=has_suspended,
    )
