"""What REST searches see: the present, or (when REST shall lag) the venue as it was a moment ago."""

from collections import deque
from dataclasses import dataclass

from connectors.simulator.core.instants import MILLISECOND, Instant
from connectors.simulator.core.records import Account, Order, Position, Trade
from connectors.simulator.core.venue import Venue


@dataclass(frozen=True, slots=True)
class View:
    """The rows that searches choose from. Records are frozen, so a copy of the lists is a true picture."""

    at: Instant
    orders: tuple[Order, ...]
    trades: tuple[Trade, ...]
    positions: tuple[Position, ...]
    accounts: tuple[Account, ...]


def of(venue: Venue) -> View:
    """Return the venue as it is."""
    return View(
        venue.now,
        tuple(venue.orders.values()),
        tuple(venue.trades.values()),
        tuple(venue.positions.values()),
        tuple(venue.accounts.values()),
    )


class LaggingViews:
    """Keeps pictures of the last moments while a lag is set."""

    def __init__(self) -> None:
        self._kept: deque[View] = deque()

    def keep(self, venue: Venue) -> None:
        """Remember the venue as it is now."""
        self._kept.append(of(venue))

    def as_of(self, venue: Venue, lag_ms: int) -> View:
        """Return the newest picture that is at least `lag_ms` old; the oldest one if none is that old."""
        if not lag_ms:
            self._kept.clear()
            return of(venue)
        wanted = venue.now - lag_ms * MILLISECOND
        while len(self._kept) > 1 and self._kept[1].at <= wanted:
            self._kept.popleft()
        return self._kept[0] if self._kept else of(venue)
