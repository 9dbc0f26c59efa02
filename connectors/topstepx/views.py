"""What REST shows of our accounts, with every contract in it known before anybody sees it."""

from collections.abc import Callable

from connectors.topstepx.catalogue import Catalogue
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.client import RestClient
from connectors.topstepx.rest.snapshot import take_snapshot
from engine.events import AccountSeen, Event, FillSeen, OrderSeen, PositionSeen, SnapshotTaken
from engine.units import Instant


class Views:
    """Takes snapshots, and keeps the list of contracts ahead of what they and the hub show."""

    def __init__(self, rest: RestClient, catalogue: Catalogue, now: Callable[[], Instant]) -> None:
        self._rest = rest
        self._catalogue = catalogue
        self._now = now
        self._unknown: set[str] = set()

    def take(self, account: int, fills_since: Instant, use: Use, most_age: float) -> SnapshotTaken:
        """Return a snapshot; the account's row may be `most_age` seconds old, all else is read now.

        Raises Unreachable, RateLimited, LoginRefused.
        """
        view = take_snapshot(self._rest, self._now, account, fills_since, use=use, most_age=most_age)
        contracts = {position.contract for position in view.positions}
        contracts |= {order.contract for order in view.orders} | {fill.contract for fill in view.fills}
        self._catalogue.ensure(contracts, use)
        return view

    def notice(self, event: Event) -> None:
        """Look at an event of the hub: it may name a contract that is not known yet, or a newer account row."""
        if isinstance(event, AccountSeen):
            self._rest.listed.forget()
        contract = _contract_in(event)
        if contract is not None and not self._catalogue.knows(contract):
            self._unknown.add(contract)

    def look_up(self) -> None:
        """Look up what was noticed. Raises LoginRefused."""
        contracts = set()
        while self._unknown:
            contracts.add(self._unknown.pop())
        self._catalogue.ensure(contracts, Use.BACKGROUND)


def _contract_in(event: Event) -> str | None:
    """Return the contract that an event of an account is about, if it is about one."""
    match event:
        case PositionSeen():
            return event.position.contract
        case OrderSeen():
            return event.order.contract
        case FillSeen():
            return event.fill.contract
        case _:
            return None
