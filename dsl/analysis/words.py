"""Bounds and conditions in words, and the edit that would help."""

from fractions import Fraction

from dsl import kinds
from dsl.analysis.cases import can_be, cases_of
from dsl.analysis.forms import Forms
from dsl.analysis.interval import Interval
from dsl.format import format_node
from dsl.kinds import Kind
from dsl.nodes import Compare, Logic, Membership
from dsl.problems import Span
from dsl.say import say
from dsl.typed import Constant, LetUse, Typed

NEEDS = {
    ">=": "at least",
    ">": "more than",
    "<=": "at most",
    "<": "less than",
    "==": "exactly",
    "!=": "other than",
}
TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "==", "!=": "!="}


def written(typed: Typed) -> str:
    """Return an expression as the formatter writes it."""
    return format_node(typed.node)


def conjuncts(typed: Typed) -> list[Typed]:
    """Return the parts of a condition that must all hold, names under `let:` opened."""
    if isinstance(typed.ref, LetUse):
        return conjuncts(typed.parts[0])
    if isinstance(typed.node, Logic) and typed.node.op == "and" and typed.parts:
        return [each for part in typed.parts for each in conjuncts(part)]
    return [typed]


def measured(typed: Typed, forms: Forms) -> tuple[Typed, str, Typed] | None:
    """Return what a comparison measures, its sign and the fixed bound; None for any other condition."""
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    if not isinstance(typed.node, Compare) or len(typed.parts) != 2:
        return None
    left, right = typed.parts
    if not {left.kind, right.kind} <= kinds.ORDERED | kinds.WILD:
        return None
    if forms.linear(right).is_constant and not forms.linear(left).is_constant:
        return left, typed.node.op, right
    if forms.linear(left).is_constant and not forms.linear(right).is_constant:
        return right, TURNED[typed.node.op], left
    return None


def amount(typed: Typed, value: int | Fraction, beside: Kind) -> str:
    """Return a value in the unit of an expression, or of what stands beside it."""
    kind = beside if typed.kind in kinds.WILD else typed.kind
    return say(kind, int(value))


def bound_of(typed: Typed, forms: Forms) -> int:
    """Return the value of an expression that is the same in every state."""
    return int(forms.linear(typed).constant)


def span_words(typed: Typed, span: Interval, beside: Kind) -> str:
    """Return an interval in words: `at least $0`."""
    low = None if span.low is None else amount(typed, span.low, beside)
    high = None if span.high is None else amount(typed, span.high, beside)
    if low is not None and high is not None:
        return f"always {low}" if span.low == span.high else f"between {low} and {high}"
    if low is not None:
        return f"at least {low}"
    return f"at most {high}" if high is not None else "anything"


def why_never(condition: Typed, forms: Forms) -> str:
    """Return why a condition that can never hold cannot."""
    parts = conjuncts(condition)
    alone = next((part for part in parts if not can_be(forms, (part, True))), None)
    if alone is not None:
        return _why_alone(alone, forms)
    for place, one in enumerate(parts):
        for other in parts[:place]:
            if not can_be(forms, (one, True), (other, True)):
                return f"`{written(other)}` and `{written(one)}` are never true together"
    return "the parts of the condition are never true together"


def _why_alone(part: Typed, forms: Forms) -> str:
    known = measured(part, forms)
    if known is None:
        is_empty = isinstance(part.node, Membership) and len(part.parts) == 2 and _is_empty(part.parts[1])
        return f"`{written(part.parts[1])}` is empty" if is_empty else f"`{written(part)}` is never true"
    value, sign, bound = known
    span = forms.range_of(forms.linear(value))
    wanted = amount(bound, bound_of(bound, forms), value.kind)
    return f"{written(value)} is {span_words(value, span, bound.kind)}, the condition needs {NEEDS[sign]} {wanted}"


def _is_empty(container: Typed) -> bool:
    while isinstance(container.ref, LetUse):
        container = container.parts[0]
    return isinstance(container.ref, Constant) and container.ref.value == ()


def why_always(condition: Typed, forms: Forms) -> str:
    """Return why a condition that always holds does."""
    known = measured(condition, forms)
    if known is None:
        return f"`{written(condition)}` is true in every state"
    value, sign, bound = known
    span = span_words(value, forms.range_of(forms.linear(value)), bound.kind)
    wanted = amount(bound, bound_of(bound, forms), value.kind)
    return f"{written(value)} is {span}, and the condition only needs {NEEDS[sign]} {wanted}"


def parameter_in(typed: Typed, besides: Typed | None = None) -> Constant | None:
    """Return the parameter that an expression reads, those of `besides` left out; None if there is not just one."""
    others = (
        {part.ref.name for part in besides.walk() if isinstance(part.ref, Constant)} if besides else set()
    )
    found = {
        part.ref.name: part.ref
        for part in typed.walk()
        if isinstance(part.ref, Constant) and part.ref.name and part.ref.name not in others
    }
    return next(iter(found.values())) if len(found) == 1 else None


def place_of(bound: Typed, otherwise: Span) -> Span:
    """Return where to change a bound: at its parameter if that stands in the same file."""
    known = parameter_in(bound)
    return known.span if known is not None and known.span.source is otherwise.source else otherwise


def holds_in_every_case(forms: Forms, condition: Typed) -> bool:
    """Say whether a condition is true whatever the state."""
    return not cases_of(forms, (condition, False))
