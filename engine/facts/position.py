"""Facts about one position: one contract month of the account."""

from engine.facts.stops import covered_size
from engine.facts.view import View
from engine.marks import open_pnl, profit_ticks
from engine.units import SCALE, Contracts, Duration, Money, Price, Ticks
from engine.venue import Position


class PositionFacts:
    """`position.*`. None means unknown; while flat, sizes are zero and prices unknown."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def quantity(self) -> Contracts | None:
        """Contracts held, never below zero."""
        signed = self.signed_quantity
        return None if signed is None else Contracts(abs(signed))

    @property
    def signed_quantity(self) -> Contracts | None:
        """Contracts held, short is negative."""
        state = self._view.state
        return None if state.synced_at is None else Contracts(SCALE * state.size(self._view.subject.key))

    @property
    def side(self) -> str | None:
        """The word long or short; unknown while flat."""
        held = self._held()
        return None if held is None else ("long" if held.size > 0 else "short")

    @property
    def entry_price(self) -> Price | None:
        """Average entry price. Source: the venue's position row."""
        held = self._held()
        return held.average_price if held else None

    @property
    def open_pnl(self) -> Money | None:
        """Result of closing at the mark, signed."""
        held = self._held()
        if held is None:
            return None if self._view.state.synced_at is None else Money(0)
        return open_pnl(self._view.state, self._view.settings, held)

    @property
    def open_loss(self) -> Money | None:
        """Size of a negative open result."""
        pnl = self.open_pnl
        return None if pnl is None else Money(max(-pnl, 0))

    @property
    def open_profit(self) -> Money | None:
        """A positive open result."""
        pnl = self.open_pnl
        return None if pnl is None else Money(max(pnl, 0))

    @property
    def profit_ticks(self) -> Ticks | None:
        """Ticks from the average entry to the mark, positive when ahead."""
        held = self._held()
        return None if held is None else profit_ticks(self._view.state, self._view.settings, held)

    @property
    def age(self) -> Duration | None:
        """How long the position is open. Source: the venue's creation time of the position."""
        held = self._held()
        return None if held is None else Duration(self._view.state.now - held.opened_at)

    @property
    def covered(self) -> Contracts | None:
        """Contracts under working protective stops, at most what is held."""
        held = self._held()
        if held is None:
            return None if self._view.state.synced_at is None else Contracts(0)
        if self._view.overdue is not None:
            return Contracts(SCALE * (abs(held.size) - min(self._view.overdue, abs(held.size))))
        covered = covered_size(self._view, held)
        return None if covered is None else Contracts(SCALE * covered)

    @property
    def uncovered(self) -> Contracts | None:
        """Contracts without a working protective stop."""
        held, covered = self.quantity, self.covered
        return None if held is None or covered is None else Contracts(held - covered)

    @property
    def has_stop(self) -> bool | None:
        """Whether no contract is without a stop."""
        uncovered = self.uncovered
        return None if uncovered is None else uncovered == 0

    @property
    def sign(self) -> int | None:
        """1 for a long, -1 for a short, None while flat. For functions, not a field of the language."""
        held = self._held()
        return None if held is None else (1 if held.size > 0 else -1)

    def _held(self) -> Position | None:
        return self._view.state.positions.get(self._view.subject.key)
