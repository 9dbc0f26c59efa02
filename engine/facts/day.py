"""Facts about today: the trading day, the ruleset's session and the market's hours."""

from engine.facts.view import View, root_of
from engine.marks import open_pnl_of
from engine.schedule import Schedule
from engine.units import Duration, Money


class DayFacts:
    """`day.*`: results of the trading day so far, net of fees and commissions unless the ruleset says gross."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def realized_pnl(self) -> Money | None:
        """Signed sum of what the day's fills booked; None while the day's fills are not all known."""
        state, settings = self._view.state, self._view.settings
        opened = settings.calendar.trading_day.last_before(state.now)
        known = state.ledger.known_since
        if known is None or known > opened:
            return None
        today = state.ledger.booked_since(opened).values()
        if settings.basis == "gross":
            return Money(sum(booked.gross for booked in today))
        return Money(sum(booked.net for booked in today))

    @property
    def realized_loss(self) -> Money | None:
        """Size of a negative realized result."""
        return _loss(self.realized_pnl)

    @property
    def realized_profit(self) -> Money | None:
        """A positive realized result."""
        return _profit(self.realized_pnl)

    @property
    def total_pnl(self) -> Money | None:
        """Realized plus open, signed."""
        state = self._view.state
        realized = self.realized_pnl
        if realized is None or state.synced_at is None:
            return None
        unrealized = open_pnl_of(state, self._view.settings, state.positions.values())
        return None if unrealized is None else Money(realized + unrealized)

    @property
    def total_loss(self) -> Money | None:
        """Size of a negative total."""
        return _loss(self.total_pnl)

    @property
    def total_profit(self) -> Money | None:
        """A positive total."""
        return _profit(self.total_pnl)


class HoursFacts:
    """`session.*` and `market.*`: `is_market` chooses when the venue takes orders instead of the ruleset's hours."""

    __slots__ = ("_is_market", "_view")

    def __init__(self, view: View, *, is_market: bool) -> None:
        self._view = view
        self._is_market = is_market

    @property
    def is_open(self) -> bool:
        """Whether it is open now."""
        return self._schedule().is_inside(self._view.state.now)

    @property
    def closes_in(self) -> Duration:
        """How long it stays open; zero while it is closed."""
        now = self._view.state.now
        schedule = self._schedule()
        if not schedule.is_inside(now):
            return Duration(0)
        end = schedule.next_change(now)
        return Duration((end if end is not None else now) - now)

    def _schedule(self) -> Schedule:
        calendar, root = self._view.settings.calendar, root_of(self._view)
        return calendar.market(root) if self._is_market else calendar.session(root)


def _loss(pnl: Money | None) -> Money | None:
    return None if pnl is None else Money(max(-pnl, 0))


def _profit(pnl: Money | None) -> Money | None:
    return None if pnl is None else Money(max(pnl, 0))
