"""reduce_to: bring the size of a scope down to a limit, choosing which contracts go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.demand import Demand
from engine.facts import Facts
from engine.facts.view import contracts_of
from engine.marks import open_pnl
from engine.scope import of_contract
from engine.sizes_told import is_unsettled
from engine.subject import SubjectKind
from engine.units import SCALE, Contracts, whole

if TYPE_CHECKING:
    from engine.state import State


@dataclass(frozen=True, slots=True)
class ReduceTo:
    """Wanted size at most `limit` in the rule's own scope; a fraction of a contract is rounded down.

    `by`: newest_first, largest_first or losers_first. `measure` (None: the plain sum of sizes) is recomputed after
    each contract taken away; only contracts whose removal lowers it are taken (`dsl.md` 14).
    """

    limit: Contracts
    by: str = "newest_first"
    measure: Callable[[Facts], int | None] | None = None

    def demand(self, facts: Facts) -> Demand:
        held = {contract: facts.view.state.size(contract) for contract in contracts_of(facts.view)}
        sizes = {contract: size for contract, size in held.items() if size}
        while self._excess(facts, sizes):
            contract = self._next(facts, sizes)
            if contract is None:
                break
            sizes[contract] -= 1 if sizes[contract] > 0 else -1
        cut = {contract: abs(size) for contract, size in sizes.items() if size != held[contract]}
        return Demand(caps={of_contract(contract): size for contract, size in cut.items()})

    def words(self, facts: Facts) -> str:
        word = "account" if facts.view.subject.kind is SubjectKind.ACCOUNT else facts.symbol.name
        return f"reduce {word} to {whole(self.limit)}"

    def _value(self, facts: Facts, sizes: Mapping[str, int]) -> int | None:
        if self.measure is None:
            return SCALE * sum(abs(size) for size in sizes.values())
        return self.measure(
            Facts(replace(facts.view, state=_with_sizes(facts.view.state, sizes)), facts.results)
        )

    def _excess(self, facts: Facts, sizes: Mapping[str, int]) -> bool:
        value = self._value(facts, sizes)
        return value is not None and value > self.limit

    def _next(self, facts: Facts, sizes: Mapping[str, int]) -> str | None:
        """Return the contract that loses one next: the first in order whose removal lowers the measure."""
        now = self._value(facts, sizes)
        for contract in sorted(
            (c for c, size in sizes.items() if size), key=lambda c: self._rank(facts, sizes, c)
        ):
            fewer = {**sizes, contract: sizes[contract] - (1 if sizes[contract] > 0 else -1)}
            value = self._value(facts, fewer)
            if now is not None and value is not None and value < now:
                return contract
        return None

    def _rank(self, facts: Facts, sizes: Mapping[str, int], contract: str) -> tuple[int, str]:
        state = facts.view.state
        match self.by:
            case "largest_first":
                return (-abs(sizes[contract]), contract)
            case "losers_first":
                result = open_pnl(state, facts.view.settings, state.positions[contract])
                return (result if result is not None else 0, contract)
            case _:
                return (-_newest(state, contract, abs(sizes[contract])), contract)


def _newest(state: "State", contract: str, left: int) -> int:
    """Return when the newest of the `left` oldest contracts was opened: first in, first kept.

    While fills and position disagree, contracts that no fill tells of are the newest of all: their entry was not told
    yet, or a close of ours took them already, and nothing else must be closed for those.
    """
    episode = state.book.episodes.get(contract)
    for lot in episode.lots if episode else ():
        left -= lot.size
        if left <= 0:
            return lot.opened_at
    if is_unsettled(state, contract):
        return state.now
    position = state.positions.get(contract)
    if episode and episode.lots:
        return episode.lots[-1].opened_at
    return position.opened_at if position else 0


def _with_sizes(state: "State", sizes: Mapping[str, int]) -> "State":
    positions = {
        contract: replace(position, size=sizes.get(contract, position.size))
        for contract, position in state.positions.items()
        if sizes.get(contract, position.size)
    }
    return state.but(positions=positions)
