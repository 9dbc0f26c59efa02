"""What can make an expression unknown: two of them are unknown at the same moments if these are the same."""

from collections.abc import Hashable

from dsl.analysis.forms import Forms
from dsl.fact import Fact
from dsl.nodes import Binary
from dsl.typed import AggregateUse, Constant, FunctionUse, Typed

STRICT = frozenset({"loss", "profit", "abs", "min", "max", "near", "inside", "outside"})
"""Functions that are unknown exactly when one of their arguments is."""


def unknowns(typed: Typed, forms: Forms) -> frozenset[Hashable]:
    """Return what must be known for the expression to be known."""
    found: set[Hashable] = set()
    waiting, seen = [typed], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        own = _own(node, forms)
        if own is not None:
            found.add(own)
        if not isinstance(node.ref, AggregateUse | Constant) and not _is_opaque(node):
            waiting.extend(node.parts)
    return frozenset(found)


def _own(node: Typed, forms: Forms) -> Hashable:
    """Return what a node itself adds, None for nothing."""
    match node.ref:
        case Fact() as fact:
            return ("fact", fact.path) if fact.may_be_unknown else None
        case AggregateUse():
            return ("over", forms.meaning(node))
        case FunctionUse(word="nth" | "step"):
            return ("entries", node.ref.word, _is_empty(node))
        case FunctionUse() if _is_opaque(node):
            return ("call", forms.meaning(node))
        case _:
            pass
    is_divided = isinstance(node.node, Binary) and node.node.op == "/"
    return ("division", forms.meaning(node)) if is_divided and not _is_number(node) else None


def _is_opaque(node: Typed) -> bool:
    return isinstance(node.ref, FunctionUse) and node.ref.word not in STRICT | {"nth", "step"}


def _is_empty(node: Typed) -> bool:
    """Say whether the list that a look-up takes its result from is empty, or not known at load."""
    last = node.parts[0] if isinstance(node.ref, FunctionUse) and node.ref.word == "nth" else node.parts[-1]
    return not (isinstance(last.ref, Constant) and bool(last.ref.value))


def _is_number(node: Typed) -> bool:
    """Say whether a division is by a number known at load that is not zero."""
    divisor = node.parts[1].ref if len(node.parts) == 2 else None
    return isinstance(divisor, Constant) and isinstance(divisor.value, int) and divisor.value != 0
