"""A307: a lock whose end can never come, because only what it forbids could bring it about."""

from collections.abc import Iterator
from fractions import Fraction

from dsl.analysis.cases import can_be, cases
from dsl.analysis.finding import Subject, doubt
from dsl.analysis.forms import Atom
from dsl.analysis.interval import exactly
from dsl.analysis.known import Known
from dsl.analysis.linear import single
from dsl.analysis.words import written
from dsl.check_actions import CheckedAction
from dsl.checked_rule import CheckedTier
from dsl.problems import Problem
from dsl.streams import STREAMS
from dsl.typed import Typed
from engine.rule import Topic
from engine.windows import SpanStart

TRADED = frozenset({Topic.FILLS, Topic.POSITIONS, Topic.QUOTES, Topic.ORDERS, Topic.CLOCK})
"""What stands still while everything is flat and entries are refused. Time passes, which only empties windows."""

EMPTY_AT_LAST = ("count", "sum", "streak")
"""Aggregates that are zero over nothing; the others have no value then."""

LASTING = frozenset({SpanStart.START, SpanStart.FIRED, SpanStart.OPEN, SpanStart.PAYOUT})
"""Windows that do not empty by time."""

ADVICE = "add `for: 1h`, `until: reset` or `until: manual`"


def endless_locks(subject: Subject) -> Iterator[Problem]:
    """Yield each lock on the account, with everything flat, whose `until:` can never become true.

    Silent when `until` is just the opposite of `when` (decision 9): then the author says so on purpose.
    """
    for tier in subject.rule.tiers:
        if not any(action.name == "flatten" and _whole(action) for action in tier.actions):
            continue
        for action in tier.actions:
            if action.name != "lock" or not _whole(action) or action.until is None:
                continue
            if not _may_end(action.until, subject) and not _is_opposite(action.until, tier, subject):
                ends = written(action.until)
                because = f"it ends when {ends}, and {_why(action.until)}"
                yield doubt("A307", "this lock can never end by itself", action.until.span, because, ADVICE)


def _whole(action: CheckedAction) -> bool:
    """Say whether an action holds for the whole account and both sides."""
    return action.words.get("place") == "account" and "side" not in action.words


def _may_end(until: Typed, subject: Subject) -> bool:
    """Say whether the end may come once all that was traded has come to rest."""
    forms = subject.forms
    forms.meaning(until)
    cases(until, True, [Known(forms)])  # so that everything it reads is known as an atom
    rest: Known | None = Known(forms)
    for number, atom in enumerate(forms.atoms):
        if rest is not None and _is_at_rest(atom):
            rest = rest.within(single(number), exactly(Fraction(0)))
    if rest is None:
        return True
    return any(case.settled() is not None for case in cases(until, True, [rest]))


def _is_at_rest(atom: Atom) -> bool:
    """Say whether a measured value comes to zero when nothing is held and the day is over."""
    if atom.use is not None:
        use = atom.use
        is_past = use.stream is not None and use.stream.stream is not None
        is_traded = use.stream is not None and use.stream.word in STREAMS and use.stream.topics <= TRADED
        return use.word in EMPTY_AT_LAST and is_traded and not (is_past and use.span in LASTING)
    fact = atom.fact
    if fact is None or not fact.topics or not fact.topics <= TRADED or not fact.topics - {Topic.CLOCK}:
        return False
    return (
        fact.path.startswith(("account.", "day."))
        and fact.path != "account.is_locked"
        and not _is_answer(atom)
    )


def _is_answer(atom: Atom) -> bool:
    return atom.span.high == 1 and atom.span.low == 0


def _is_opposite(until: Typed, tier: CheckedTier, subject: Subject) -> bool:
    both, neither = ((until, True), (tier.when, True)), ((until, False), (tier.when, False))
    return not can_be(subject.forms, *both) and not can_be(subject.forms, *neither)


def _why(until: Typed) -> str:
    if "profit" in until.span.text or "pnl" in until.span.text:
        return "no trade can close a profit while entries are refused and everything is flat"
    return "nothing can change that while entries are refused and everything is flat"
