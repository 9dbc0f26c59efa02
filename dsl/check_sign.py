"""A size compared with an amount below zero: the classic mistake with losses."""

from dsl.check_context import Context
from dsl.fact import Fact
from dsl.nodes import Compare
from dsl.problems import Mark
from dsl.typed import AggregateUse, Constant, FunctionUse, ItemField, LetUse, Typed

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""A comparison read from the other side."""

SIZES = frozenset({"loss", "profit", "abs"})
COUNTS = frozenset({"count", "streak", "drawdown"})


def check_sign(node: Compare, left: Typed, right: Typed, context: Context) -> None:
    """Report a size compared with a constant below zero, from either side."""
    for size, other, op in ((left, right, node.op), (right, left, TURNED[node.op])):
        constant = other.ref
        is_below = isinstance(constant, Constant) and isinstance(constant.value, int) and constant.value < 0
        if isinstance(constant, Constant) and is_below and is_size(size):
            _report(node, size, op, constant, context)
            return


def _report(node: Compare, size: Typed, op: str, constant: Constant, context: Context) -> None:
    words, positive = " ".join(size.span.text.split()), constant.text.replace("-", "", 1).strip()
    outcome = "can never be true" if op in ("<", "<=", "==") else "is always true"
    wanted = ">" if op == ">" else ">="
    if constant.name in context.params:
        edit = f"`{words} {wanted} {constant.name}` with `{constant.name}: {positive}`"
        marks: tuple[Mark, ...] = (Mark(constant.span, "this is below zero"),)
    else:
        edit, marks = f"`{words} {wanted} {positive}`", ()
    what = "losses" if "loss" in words else "sizes"
    context.report(
        "E210",
        f"`{words}` is never below zero, so this {outcome}",
        node.span,
        marks=marks,
        help=f"{what} are written as positive amounts: {edit}",
    )


def is_size(typed: Typed) -> bool:
    """Say whether a value is never below zero, whatever happens."""
    match typed.ref:
        case Fact() | ItemField():
            return typed.ref.never_negative
        case LetUse():
            return is_size(typed.parts[0])
        case FunctionUse(word=word):
            return word in SIZES
        case AggregateUse(word=word, has_value=has_value):
            return word in COUNTS or (has_value and is_size(typed.parts[0]))
        case _:
            return False
