"""What every family of facts reads: the state, the ruleset's settings and whom the rule is looked at for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.settings import Settings
from engine.streams import RoundTurn
from engine.subject import Subject, SubjectKind
from engine.units import Instant

if TYPE_CHECKING:
    from engine.state import State


@dataclass(frozen=True, slots=True)
class View:
    """One look at the state for one subject of one rule. `trade` is set in rules with `scope: trade`.

    `overdue`: in a rule with a timer for each added part, the uncovered contracts whose time is up; the others count
    as covered.
    """

    state: "State"
    settings: Settings
    subject: Subject
    rule: str = ""
    trade: RoundTurn | None = None
    next_reset: Instant | None = None
    overdue: int | None = None


def root_of(view: View) -> str:
    """Return the symbol the rule is looked at for; empty for the account."""
    match view.subject.kind:
        case SubjectKind.ACCOUNT:
            return ""
        case SubjectKind.SYMBOL:
            return view.subject.key
        case SubjectKind.POSITION | SubjectKind.TRADE:
            return view.state.root(view.subject.key)


def contracts_of(view: View) -> tuple[str, ...]:
    """Return the contracts of the subject that are held or have working orders."""
    state = view.state
    touched = sorted({*state.positions, *(order.contract for order in state.orders.values())})
    match view.subject.kind:
        case SubjectKind.ACCOUNT:
            return tuple(touched)
        case SubjectKind.SYMBOL:
            return tuple(contract for contract in touched if state.root(contract) == view.subject.key)
        case SubjectKind.POSITION | SubjectKind.TRADE:
            return (view.subject.key,)
