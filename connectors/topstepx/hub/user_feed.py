"""The user hub: accounts, orders, positions and fills, held back until a snapshot tells what they apply to."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from connectors.topstepx.decode.user_events import USER_TARGETS, hear
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.settings import TimeSource
from engine.events import AccountEvent, Event, FillSeen, OrderSeen, PositionSeen
from engine.units import Instant

_METHODS = ("SubscribeOrders", "SubscribePositions", "SubscribeTrades")
_MOST_HELD = 10_000


class UserListener:
    """Hears one connection of the user hub. Events of accounts that are not ours are left out.

    `fetch` reads a snapshot of each account; `resync` asks for one because something could not be read;
    `noticed` is told every event that goes out.
    """

    targets = USER_TARGETS

    def __init__(
        self,
        accounts: tuple[int, ...],
        *,
        sink: Callable[[Event], None],
        now: Callable[[], Instant],
        heard: Callable[[Instant, TimeSource], None],
        fetch: Callable[[], list[Event]],
        resync: Callable[[str], None],
        noticed: Callable[[AccountEvent], None],
    ) -> None:
        self._accounts = accounts
        self._sink = sink
        self._now = now
        self._heard = heard
        self._fetch = fetch
        self._resync = resync
        self._noticed = noticed
        self._lock = Lock()
        self._held: list[tuple[str, list[Any]]] | None = []
        self._is_overflowing = False

    def hear(self, target: str, arguments: list[Any]) -> None:
        with self._lock:
            if self._held is None:
                self._send(self._decoded(target, arguments))
            elif len(self._held) < _MOST_HELD:
                self._held.append((target, arguments))
            else:
                self._is_overflowing = True

    def malformed(self, what: str) -> None:
        self._resync(what)

    def take(self, record: str) -> bool:
        """Leave every record to be decoded at once: nothing here may wait or be left out."""
        return False

    def subscribe(self, connection: Connection) -> None:
        wanted = [("SubscribeAccounts", None), *((method, a) for a in self._accounts for method in _METHODS)]
        for method, account in wanted:
            error = connection.invoke(method, account)
            if error is not None:
                raise HubDown(f"{method} was refused: {error}")

    def fetch(self) -> list[Event]:
        return self._fetch()

    def release(self, first: list[Event]) -> None:
        """Send the snapshots, then of each held position, order and account the last state, and every fill.

        States in between are older than the snapshot: sent after it, they would look like changes back.
        """
        with self._lock:
            for event in first:
                self._sink(event)
            held, self._held = self._held or [], None
            events = [event for target, arguments in held for event in self._decoded(target, arguments)]
            newest = {_subject(event): event for event in events}
            self._send([event for event in events if newest[_subject(event)] is event])

    def tend(self, connection: Connection) -> None:
        if self._is_overflowing:
            raise HubDown(f"more than {_MOST_HELD} events while coming up to date")

    def _decoded(self, target: str, arguments: list[Any]) -> list[AccountEvent]:
        """Return the events for our accounts. Stamped now, not when they were held back: time never runs backwards."""
        told = hear(target, arguments, self._now())
        if told.stamp is not None:
            self._heard(told.stamp, TimeSource.EVENT)
        for problem in told.problems:
            self._resync(problem)
        return [event for event in told.events if event.account in self._accounts]

    def _send(self, events: list[AccountEvent]) -> None:
        for event in events:
            self._sink(event)
            self._noticed(event)


def _subject(event: AccountEvent) -> tuple[object, ...]:
    """Return what an event is the state of: two events with the same subject replace each other."""
    match event:
        case PositionSeen():
            return ("position", event.account, event.position.contract)
        case OrderSeen():
            return ("order", event.account, event.order.id)
        case FillSeen():
            return ("fill", event.account, event.fill.id)
        case _:
            return ("account", event.account)
