"""Facts about one symbol: a product root with all its months added up."""

from engine.exposure import worst_case, worst_size
from engine.facts.view import View, contracts_of, root_of
from engine.marks import open_pnl_of
from engine.units import SCALE, Contracts, Money, Price
from engine.venue import Side


class SymbolFacts:
    """`symbol.*`, in rules with `scope: symbol`, `position` or `trade`. None means unknown."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def name(self) -> str:
        """The root as traders write it: ES."""
        return root_of(self._view)

    @property
    def mini(self) -> str:
        """The mini of a micro (ES for MES), else the symbol itself."""
        return MINIS.get(self.name, self.name)

    @property
    def tick_size(self) -> Price | None:
        """Smallest price step of the symbol. For functions, not a field of the language."""
        found = (item for item in self._view.state.instruments.values() if item.root == self.name)
        instrument = next(found, None)
        return instrument.tick_size if instrument else None

    @property
    def quantity(self) -> Contracts | None:
        """Sum of the sizes held in all months, never below zero."""
        sizes = self._sizes()
        return None if sizes is None else Contracts(SCALE * sum(abs(size) for size in sizes))

    @property
    def signed_quantity(self) -> Contracts | None:
        """Sum over all months, short is negative."""
        sizes = self._sizes()
        return None if sizes is None else Contracts(SCALE * sum(sizes))

    @property
    def worst_quantity(self) -> Contracts | None:
        """The size that working entry orders could still lead to, bracket legs left out."""
        state = self._view.state
        return None if state.synced_at is None else Contracts(SCALE * worst_case(state, self._contracts()))

    @property
    def worst_long(self) -> Contracts | None:
        """The longest that working entry orders could still make it."""
        return self._worst(Side.BUY)

    @property
    def worst_short(self) -> Contracts | None:
        """The shortest that working entry orders could still make it, as a size."""
        return self._worst(Side.SELL)

    @property
    def open_pnl(self) -> Money | None:
        """Result of closing what is held at the mark, signed."""
        state = self._view.state
        if state.synced_at is None:
            return None
        held = [state.positions[contract] for contract in self._contracts() if contract in state.positions]
        return open_pnl_of(state, self._view.settings, held)

    @property
    def open_loss(self) -> Money | None:
        """Size of a negative open result."""
        pnl = self.open_pnl
        return None if pnl is None else Money(max(-pnl, 0))

    @property
    def realized_pnl(self) -> Money | None:
        """What today's fills in this symbol booked, net, signed; None while they are not all known."""
        view = self._view
        opened = view.settings.calendar.trading_day.last_before(view.state.now)
        known = view.state.ledger.known_since
        if known is None or known > opened:
            return None
        name, today = self.name, view.state.ledger.booked_since(opened)
        return Money(sum(each.net for contract, each in today.items() if view.state.root(contract) == name))

    @property
    def realized_loss(self) -> Money | None:
        """Size of a negative realized result."""
        pnl = self.realized_pnl
        return None if pnl is None else Money(max(-pnl, 0))

    @property
    def total_pnl(self) -> Money | None:
        """Realized today plus open, signed."""
        realized, unrealized = self.realized_pnl, self.open_pnl
        return None if realized is None or unrealized is None else Money(realized + unrealized)

    @property
    def total_loss(self) -> Money | None:
        """Size of a negative total."""
        pnl = self.total_pnl
        return None if pnl is None else Money(max(-pnl, 0))

    def _contracts(self) -> tuple[str, ...]:
        return contracts_of(self._view)

    def _sizes(self) -> list[int] | None:
        state = self._view.state
        return None if state.synced_at is None else [state.size(contract) for contract in self._contracts()]

    def _worst(self, side: Side) -> Contracts | None:
        state = self._view.state
        if state.synced_at is None:
            return None
        return Contracts(SCALE * sum(worst_size(state, contract, side) for contract in self._contracts()))


MINIS = {
    "MES": "ES",
    "MNQ": "NQ",
    "M2K": "RTY",
    "MYM": "YM",
    "MCL": "CL",
    "MGC": "GC",
    "SIL": "SI",
    "MHG": "HG",
    "MNG": "NG",
    "M6A": "6A",
    "M6B": "6B",
    "M6E": "6E",
}
"""Micros and their minis. Source: the exchange's product names, `gateway-api.md` 6."""
