"""Facts about the whole account."""

from collections.abc import Iterable

from engine.exposure import contracts_touched, worst_case
from engine.facts.stops import stopped_out_loss
from engine.facts.view import View
from engine.marks import open_pnl_of
from engine.units import SCALE, Contracts, Money


class AccountFacts:
    """`account.*`. None means unknown: before the first complete view, or while a quote is missing."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def balance(self) -> Money | None:
        """Cash with everything realized, nothing open. Source: the venue's account row."""
        status = self._view.state.status
        return status.balance if status else None

    @property
    def equity(self) -> Money | None:
        """Balance plus the open result of all positions."""
        balance, pnl = self.balance, self.open_pnl
        return None if balance is None or pnl is None else Money(balance + pnl)

    @property
    def open_pnl(self) -> Money | None:
        """Result of closing all positions at the mark, signed, costs left out."""
        state = self._view.state
        if state.synced_at is None:
            return None
        return open_pnl_of(state, self._view.settings, state.positions.values())

    @property
    def open_loss(self) -> Money | None:
        """Size of a negative open result, never below zero."""
        return None if self.open_pnl is None else Money(max(-self.open_pnl, 0))

    @property
    def open_profit(self) -> Money | None:
        """A positive open result, never below zero."""
        return None if self.open_pnl is None else Money(max(self.open_pnl, 0))

    @property
    def gross_contracts(self) -> Contracts | None:
        """Sum of the sizes of all positions: long 2 and short 3 are 5."""
        state = self._view.state
        if state.synced_at is None:
            return None
        return Contracts(SCALE * sum(abs(position.size) for position in state.positions.values()))

    @property
    def net_contracts(self) -> Contracts | None:
        """Size of the signed sum: long 2 and short 3 are 1. It bounds nothing by itself."""
        state = self._view.state
        if state.synced_at is None:
            return None
        return Contracts(SCALE * abs(sum(position.size for position in state.positions.values())))

    @property
    def worst_contracts(self) -> Contracts | None:
        """The gross size that working entry orders could still lead to, bracket legs left out."""
        state = self._view.state
        return (
            None
            if state.synced_at is None
            else Contracts(SCALE * worst_case(state, contracts_touched(state)))
        )

    @property
    def gross_minis(self) -> Contracts | None:
        """Gross size with each contract weighed by the ruleset's table (10 micros are one mini)."""
        state = self._view.state
        if state.synced_at is None:
            return None
        return self._weighed((contract, abs(position.size)) for contract, position in state.positions.items())

    @property
    def net_minis(self) -> Contracts | None:
        """Size of the signed sum of weighed contracts."""
        state = self._view.state
        if state.synced_at is None:
            return None
        signed = self._weighed((contract, position.size) for contract, position in state.positions.items())
        return Contracts(abs(signed))

    @property
    def worst_minis(self) -> Contracts | None:
        """The weighed gross size that working entry orders could still lead to."""
        state = self._view.state
        if state.synced_at is None:
            return None
        return self._weighed(
            (contract, worst_case(state, [contract])) for contract in contracts_touched(state)
        )

    @property
    def start_balance(self) -> Money | None:
        """Balance the account began with. Source: typed in by the operator; the venue does not tell."""
        return self._view.settings.figures.get("start_balance")

    @property
    def eod_balance(self) -> Money | None:
        """Balance at the end of the last trading day; the start balance before the first end seen."""
        seen = self._view.state.eod_balance
        return (
            seen if seen is not None else self._view.settings.figures.get("eod_balance", self.start_balance)
        )

    @property
    def eod_high(self) -> Money | None:
        """Highest balance at the end of a trading day, never below the start balance."""
        known = [self.start_balance, self._view.state.eod_high, self._view.settings.figures.get("eod_high")]
        return None if self.start_balance is None else max(figure for figure in known if figure is not None)

    @property
    def operator_floor(self) -> Money | None:
        """The equity below which the account is over, as the operator typed it in."""
        return self._view.settings.figures.get("operator_floor")

    @property
    def stopped_out_loss(self) -> Money | None:
        """What is lost if every protective stop fills, never below zero; unknown if a contract has none."""
        state = self._view.state
        if state.synced_at is None:
            return None
        return stopped_out_loss(self._view, state.positions.values())

    @property
    def can_trade(self) -> bool | None:
        """Whether the venue lets the account trade."""
        status = self._view.state.status
        return status.can_trade if status else None

    @property
    def is_listed(self) -> bool | None:
        """Whether the venue still lists the account."""
        return self._view.state.listed

    @property
    def is_locked(self) -> bool:
        """Whether any lock is in force."""
        return bool(self._view.state.locks)

    def _weighed(self, sizes: Iterable[tuple[str, int]]) -> Contracts:
        minis = self._view.settings.minis
        default = minis.get("other", SCALE)
        root = self._view.state.root
        return Contracts(sum(size * minis.get(root(contract), default) for contract, size in sizes))
