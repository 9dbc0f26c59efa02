"""What always holds between two things that are measured: of two ladders the lower gives no more on any rung.

That a longer stretch counts no fewer entries is not used: its history can be unknown when that of the shorter is not.
"""

from collections.abc import Iterator

from dsl.analysis.forms import Forms
from dsl.typed import Constant, FunctionUse, LetUse, Typed


def order_facts(one: Typed, other: Typed, forms: Forms) -> Iterator[tuple[int, int]]:
    """Yield pairs of atoms of which the first is never above the second, found in two expressions."""
    firsts, seconds = _measured(one), _measured(other)
    for first in firsts:
        for second in seconds:
            yield from _ordered(first, second, forms)
            yield from _ordered(second, first, forms)


def _ordered(less: Typed, more: Typed, forms: Forms) -> Iterator[tuple[int, int]]:
    if _rung_is_lower(less, more, forms) and forms.meaning(less) != forms.meaning(more):
        lower, higher = (next(iter(forms.linear(each).terms)) for each in (less, more))
        yield lower, higher


def _measured(typed: Typed) -> list[Typed]:
    return [
        node
        for node in typed.walk()
        if isinstance(node.ref, FunctionUse) and node.ref.word in ("nth", "step")
    ]


def _rung_is_lower(less: Typed, more: Typed, forms: Forms) -> bool:
    """Say whether two look-ups in ladders (`nth`, `step`) differ only in their values, none of the first higher."""
    if not isinstance(less.ref, FunctionUse) or not isinstance(more.ref, FunctionUse):
        return False
    if less.ref.word != more.ref.word or less.ref.word not in ("nth", "step"):
        return False
    place = 0 if less.ref.word == "nth" else 2
    rests = [[forms.meaning(p) for i, p in enumerate(each.parts) if i != place] for each in (less, more)]
    one, other = (_values(each.parts[place]) for each in (less, more))
    if rests[0] != rests[1] or not one or not other:
        return False
    length = max(len(one), len(other))
    longer = [(*values, *[values[-1]] * (length - len(values))) for values in (one, other)]
    return all(low <= high for low, high in zip(*longer, strict=True))


def _values(typed: Typed) -> tuple[int, ...]:
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    held = typed.ref.value if isinstance(typed.ref, Constant) else ()
    return held if isinstance(held, tuple) and all(isinstance(each, int) for each in held) else ()
