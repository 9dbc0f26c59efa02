"""In which cases a condition holds, or does not: none means that it can never be so."""

from collections.abc import Iterable
from fractions import Fraction

from dsl import kinds
from dsl.analysis.forms import Forms
from dsl.analysis.interval import Interval, exactly
from dsl.analysis.known import Known
from dsl.analysis.linear import single
from dsl.nodes import Compare, Logic, Membership, Not
from dsl.typed import Constant, FunctionUse, LetUse, Table, Typed

MOST_CASES = 24
"""Beyond that many a condition is not split any further: nothing is found then, and nothing is claimed."""

MOST_STEPS = 20_000
"""Looks at parts of conditions in one rule, so that names that stand for names that stand for names come to an end."""

OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
ONE_STEP = Fraction(1)


def can_be(forms: Forms, *conditions: tuple[Typed, bool]) -> bool:
    """Say whether there may be a state in which each condition is as wanted. A yes is no proof, a no is one."""
    return bool(cases_of(forms, *conditions))


def cases_of(forms: Forms, *conditions: tuple[Typed, bool]) -> list[Known]:
    """Return all cases in which each condition is as wanted."""
    found = [Known(forms)]
    for condition, wanted in conditions:
        found = cases(condition, wanted, found)
    settled = (case.settled() for case in found)
    return [case for case in settled if case is not None]


def cases(typed: Typed, wanted: bool, given: list[Known]) -> list[Known]:
    """Return those of the given cases in which a condition is as wanted, split where it can be so in several ways."""
    if not given or given[0].forms.steps > MOST_STEPS:
        return given
    given[0].forms.steps += 1
    if isinstance(typed.ref, LetUse):
        return cases(typed.parts[0], wanted, given)
    match typed.node:
        case Not() if typed.parts:
            return cases(typed.parts[0], not wanted, given)
        case Logic(op=op) if typed.parts:
            return _all(typed, wanted, given) if (op == "and") == wanted else _any(typed, wanted, given)
        case Compare(op=op) if typed.parts:
            return _compared(typed, op if wanted else OPPOSITE[op], given)
        case Membership() as node if typed.parts:
            return _member(typed, wanted != node.negated, given)
        case _:
            return _plain(typed, wanted, given)


def _all(typed: Typed, wanted: bool, given: list[Known]) -> list[Known]:
    for part in typed.parts:
        given = cases(part, wanted, given)
    return given


def _any(typed: Typed, wanted: bool, given: list[Known]) -> list[Known]:
    if len(given) * len(typed.parts) > MOST_CASES:
        return given
    return [case for part in typed.parts for case in cases(part, wanted, given)]


def _compared(typed: Typed, op: str, given: list[Known]) -> list[Known]:
    left, right = typed.parts
    if kinds.YES_NO in (left.kind, right.kind) or kinds.ANY in (left.kind, right.kind):
        return _answers(typed, op, given)
    if left.kind not in kinds.ORDERED | kinds.WILD or right.kind not in kinds.ORDERED | kinds.WILD:
        return _plain(typed, op == "==", given)
    if op == "!=":
        is_too_much = 2 * len(given) > MOST_CASES
        return given if is_too_much else _compared(typed, "<", given) + _compared(typed, ">", given)
    forms = given[0].forms
    difference = forms.linear(left).plus(forms.linear(right), -1)
    spans = {
        ">=": Interval(Fraction(0), None),
        ">": Interval(ONE_STEP, None),
        "<=": Interval(None, Fraction(0)),
        "<": Interval(None, -ONE_STEP),
        "==": exactly(0),
    }
    return _kept(case.within(difference, spans[op]) for case in given)


def _answers(typed: Typed, op: str, given: list[Known]) -> list[Known]:
    """Return the cases of a comparison with `true` or `false`; of any other, all."""
    for one, other in (typed.parts, typed.parts[::-1]):
        if isinstance(other.ref, Constant) and isinstance(other.ref.value, bool) and op in ("==", "!="):
            return cases(one, other.ref.value == (op == "=="), given)
    return given


def _member(typed: Typed, wanted: bool, given: list[Known]) -> list[Known]:
    item, container = typed.parts
    held = container.ref.value if isinstance(container.ref, Constant) else None
    if container.kind == kinds.TIME_RANGE and isinstance(held, tuple):
        return _in_range(item, held, wanted, given)
    if held == () or (isinstance(held, Table) and not held.rows):
        return [] if wanted else given
    return _plain(typed, wanted, given)


def _in_range(item: Typed, held: tuple[int, int], wanted: bool, given: list[Known]) -> list[Known]:
    form, start, end = given[0].forms.linear(item), Fraction(held[0]), Fraction(held[1])
    before, after = Interval(None, end - 1), Interval(start, None)
    if start < end:
        spans = [before.meet(after)] if wanted else [Interval(None, start - 1), Interval(end, None)]
    else:  # past midnight
        spans = [before, after] if wanted else [Interval(end, start - 1)]
    if len(spans) * len(given) > MOST_CASES:
        return given
    return _kept(case.within(form, span) for span in spans for case in given)


def _plain(typed: Typed, wanted: bool, given: list[Known]) -> list[Known]:
    """Return the cases of a condition that is one yes or no, whatever it looks at."""
    if isinstance(typed.ref, Constant):
        return given if bool(typed.ref.value) == wanted else []
    is_outside = isinstance(typed.ref, FunctionUse) and typed.ref.word == "outside"
    form = single(given[0].forms.answer(typed))
    return _kept(case.within(form, exactly(int(wanted != is_outside))) for case in given)


def _kept(found: Iterable[Known | None]) -> list[Known]:
    return [case for case in found if case is not None]
