"""What always holds between two values whose parts are ordered: a larger argument gives no smaller minimum.

That a longer stretch counts no fewer entries is not used: its history can be unknown when that of the shorter is not.
"""

from collections.abc import Iterator

from dsl.analysis.cases import OPPOSITE
from dsl.analysis.forms import Forms
from dsl.nodes import Binary, Compare
from dsl.typed import Constant, FunctionUse, LetUse, Typed

RISING = frozenset({"min", "max", "profit"})
"""Functions whose result never falls when an argument rises."""

LADDERS = {"nth": 0, "step": 2}
"""Functions that look a value up in a list, with the place of that list among their arguments."""


def order_facts(one: Typed, other: Typed, forms: Forms) -> Iterator[tuple[int, int]]:
    """Yield pairs of atoms of which the first is never above the second, found in two expressions."""
    firsts, seconds = _measured(one), _measured(other)
    for first in firsts:
        for second in seconds:
            yield from _ordered(first, second, forms)
            yield from _ordered(second, first, forms)


def _ordered(less: Typed, more: Typed, forms: Forms) -> Iterator[tuple[int, int]]:
    if forms.meaning(less) != forms.meaning(more) and _is_lower(less, more, forms):
        lower, higher = (next(iter(forms.linear(each).terms)) for each in (less, more))
        yield lower, higher


def _measured(typed: Typed) -> list[Typed]:
    words = {*RISING, *LADDERS, "loss"}
    return [node for node in typed.walk() if isinstance(node.ref, FunctionUse) and node.ref.word in words]


def _is_lower(less: Typed, more: Typed, forms: Forms) -> bool:
    """Say whether the result of one call is never above that of another."""
    if not isinstance(less.ref, FunctionUse) or not isinstance(more.ref, FunctionUse):
        return False
    if less.ref.word != more.ref.word:
        return False
    if less.ref.word in RISING:
        return all(is_no_more(one, other, forms) for one, other in zip(less.parts, more.parts, strict=True))
    if less.ref.word == "loss":
        return is_no_more(more.parts[0], less.parts[0], forms)
    return _rung_is_lower(less, more, LADDERS[less.ref.word], forms)


def is_no_more(less: Typed, more: Typed, forms: Forms) -> bool:
    """Say whether a value is never above another where both are known: by what they add up to, or part by part."""
    less, more = _named(less), _named(more)
    low = forms.range_of(forms.linear(more).plus(forms.linear(less), -1)).low
    return (low is not None and low >= 0) or _is_lower(less, more, forms) or _adds_less(less, more, forms)


def compares_no_less(one: Typed, one_is: bool, other: Typed, other_is: bool, forms: Forms) -> bool:
    """Say whether a comparison is as wanted whenever another is, because each side moved the right way."""
    left, right = one.node, other.node
    if not isinstance(left, Compare) or not isinstance(right, Compare):
        return False
    first = left.op if one_is else OPPOSITE[left.op]
    second = right.op if other_is else OPPOSITE[right.op]
    (low, bound), (high, limit) = one.parts, other.parts
    if second in (first, f"{first}=") and first in (">", ">="):
        return is_no_more(low, high, forms) and is_no_more(limit, bound, forms)
    if second in (first, f"{first}=") and first in ("<", "<="):
        return is_no_more(high, low, forms) and is_no_more(bound, limit, forms)
    return False


def _adds_less(less: Typed, more: Typed, forms: Forms) -> bool:
    """Say whether of two sums, or two differences, the first has no larger part that is added, nor a smaller one taken off."""
    one, other = less.node, more.node
    if not isinstance(one, Binary) or not isinstance(other, Binary) or one.op != other.op:
        return False
    (first, second), (third, fourth) = less.parts, more.parts
    match one.op:
        case "+":
            return is_no_more(first, third, forms) and is_no_more(second, fourth, forms)
        case "-":
            return is_no_more(first, third, forms) and is_no_more(fourth, second, forms)
        case _:
            return False


def _rung_is_lower(less: Typed, more: Typed, place: int, forms: Forms) -> bool:
    """Say whether two look-ups in ladders differ only in their values, none of the first higher."""
    rests = [[forms.meaning(p) for i, p in enumerate(each.parts) if i != place] for each in (less, more)]
    one, other = (_values(each.parts[place]) for each in (less, more))
    if rests[0] != rests[1] or not one or not other:
        return False
    length = max(len(one), len(other))
    longer = [(*values, *[values[-1]] * (length - len(values))) for values in (one, other)]
    return all(low <= high for low, high in zip(*longer, strict=True))


def _values(typed: Typed) -> tuple[int, ...]:
    typed = _named(typed)
    held = typed.ref.value if isinstance(typed.ref, Constant) else ()
    return held if isinstance(held, tuple) and all(isinstance(each, int) for each in held) else ()


def _named(typed: Typed) -> Typed:
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    return typed
