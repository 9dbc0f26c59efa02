"""A look at the venue while a home is set up: is the key right, which accounts are there, what do they hold. No order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from connectors.failures import ConnectorError, LoginRefused
from connectors.secret import Secret
from connectors.topstepx.gateway import TopstepxGateway
from connectors.topstepx.settings import GatewayUrls, Login, Timings
from engine.events import SnapshotTaken
from engine.instruments import Instrument
from engine.units import DAY, Instant
from engine.venue import AccountStatus
from service.clock import host_clock

TIMINGS = Timings(rest_read=10.0)
FILLS = 5 * DAY
"""How far back fills are read: the session so far, over a long weekend too."""


class VenueRefused(Exception):
    """The venue does not take the user name or the key. Nothing was stored."""


class VenueSilent(Exception):
    """The venue does not answer, or not so that it can be understood. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a login sees: accounts by number, and the contracts that are listed."""

    accounts: tuple[tuple[int, AccountStatus], ...]
    instruments: tuple[Instrument, ...]


class Venue:
    """One login, for reading."""

    def __init__(self, gateway: TopstepxGateway) -> None:
        self._gateway = gateway

    def seen(self) -> Seen:
        """Return what the login sees. Raises VenueRefused, VenueSilent."""
        return Seen(self._gateway.accounts(), self._gateway.instruments())

    def snapshot(self, account: int) -> SnapshotTaken:
        """Return an account as it is now. Raises VenueRefused, VenueSilent."""
        with _told():
            return self._gateway.snapshot(account, Instant(host_clock() - FILLS))


@contextmanager
def at_venue(urls: GatewayUrls, user_name: str, key: Secret) -> Iterator[Venue]:
    """Log in and hand out the venue; log nothing, start nothing, send no order. Raises VenueRefused, VenueSilent."""
    gateway = TopstepxGateway(
        urls=urls,
        login=Login(user_name, key),
        accounts=(),
        sink=lambda _event: None,
        now=lambda: Instant(host_clock()),
        heard=lambda _at, _source: None,
        fills_since=lambda _account: Instant(host_clock() - FILLS),
        timings=TIMINGS,
    )
    try:
        with _told():
            gateway.connect()
        yield Venue(gateway)
    finally:
        gateway.stop()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except LoginRefused as error:
        raise VenueRefused(str(error)) from error
    except ConnectorError as error:
        raise VenueSilent(str(error)) from error
