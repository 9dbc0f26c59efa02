"""The whole of an account as REST shows it, read in an order that errs to the safe side."""

from collections.abc import Callable

from connectors.failures import LoginRefused, Refused, Unreadable
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.client import RestClient
from engine.events import SnapshotTaken
from engine.units import Instant


def take_snapshot(
    rest: RestClient,
    now: Callable[[], Instant],
    account: int,
    fills_since: Instant,
    *,
    use: Use,
    most_age: float,
) -> SnapshotTaken:
    """Return what REST shows of an account; its row in the list of accounts may be `most_age` seconds old.

    Orders first, then positions, then fills: an order that fills in between shows up twice, never not at all.
    Raises Unreachable, RateLimited, LoginRefused. A failed question is never "nothing there".
    """
    asked_at = now()
    try:
        status = rest.listed.rows(use, most_age).get(account)
        orders, has_suspended = rest.reads.working_orders(account, use)
        positions = rest.reads.positions(account, use)
        fills = rest.reads.fills(account, fills_since, use)
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
