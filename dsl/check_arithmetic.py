"""Arithmetic: which kinds go together, and what comes out (`dsl.md` 4)."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_mismatch import report_mismatch
from dsl.check_units import aligned, as_ticks
from dsl.kinds import Kind
from dsl.nodes import Binary, Negative
from dsl.typed import Constant, Typed

SCALED = kinds.AMOUNTS | {kinds.ZERO, kinds.UNLIMITED}
FACTORS = frozenset({kinds.NUMBER, kinds.PERCENT, kinds.ZERO})
VERBS = {"+": "add {right} to {left}", "-": "subtract {right} from {left}"}


def infer_binary(node: Binary, left: Typed, right: Typed, context: Context) -> Typed:
    """Return the calculation with the kind of its result."""
    if kinds.ANY in (left.kind, right.kind):
        return Typed(node, kinds.ANY, (left, right))
    match node.op:
        case "+" | "-":
            return _sum(node, left, right, context)
        case "*":
            return _product(node, left, right, context)
        case "/":
            return _quotient(node, left, right, context)


def _sum(node: Binary, left: Typed, right: Typed, context: Context) -> Typed:
    moved = _moved(node, left, right, context)
    if moved is not None:
        return moved
    both = aligned(left, right, context)
    if both is None or both[0].kind not in SCALED or both[1].kind not in SCALED:
        verb = VERBS[node.op].format(left=left.kind, right=right.kind)
        report_mismatch(f"cannot {verb}", left, right, context)
        return Typed(node, kinds.ANY, (left, right))
    kind = both[1].kind if both[0].kind in kinds.WILD else both[0].kind
    return Typed(node, kind, both)


def _moved(node: Binary, left: Typed, right: Typed, context: Context) -> Typed | None:
    """Return a price or a time that is moved, or the distance between two; None for plain amounts."""
    if left.kind == kinds.PRICE and right.kind in (kinds.TICKS, kinds.POINTS, kinds.ZERO):
        return Typed(node, kinds.PRICE, (left, as_ticks(right, context)))
    if left.kind == kinds.TIME and right.kind in (kinds.DURATION, kinds.ZERO):
        return Typed(node, kinds.TIME, (left, right))
    if (node.op, left.kind, right.kind) == ("-", kinds.PRICE, kinds.PRICE):
        return Typed(node, kinds.TICKS, (left, right))
    if (node.op, left.kind, right.kind) == ("-", kinds.TIME, kinds.TIME):
        return Typed(node, kinds.DURATION, (left, right))
    if (node.op, left.kind) == ("+", kinds.DURATION) and right.kind == kinds.TIME:
        return Typed(node, kinds.TIME, (right, left))
    return None


def _product(node: Binary, left: Typed, right: Typed, context: Context) -> Typed:
    kind = _scaled(left.kind, right.kind) or _scaled(right.kind, left.kind)
    if kind is None:
        _report(node, left, right, f"cannot multiply {left.kind} by {right.kind}", context)
        return Typed(node, kinds.ANY, (left, right))
    return Typed(node, kind, (left, right))


def _scaled(amount: Kind, factor: Kind) -> Kind | None:
    """Return the kind of an amount times a factor, None if that means nothing."""
    if factor not in FACTORS or amount not in SCALED:
        return None
    if amount == kinds.PERCENT and factor == kinds.NUMBER:
        return kinds.NUMBER
    return factor if amount == kinds.ZERO else amount


def _quotient(node: Binary, left: Typed, right: Typed, context: Context) -> Typed:
    if isinstance(right.ref, Constant) and right.ref.value == 0:
        context.report("E212", "this divides by zero", right.span, help="write another number")
        return Typed(node, kinds.ANY, (left, right))
    if right.kind in FACTORS and left.kind in SCALED:
        kind = kinds.PERCENT if left.kind == right.kind == kinds.PERCENT else left.kind
        return Typed(node, kind, (left, right))
    both = aligned(left, right, context)
    if both is not None and both[0].kind in SCALED:
        return Typed(node, kinds.PERCENT, both)
    _report(node, left, right, f"cannot divide {left.kind} by {right.kind}", context)
    return Typed(node, kinds.ANY, (left, right))


def _report(node: Binary, left: Typed, right: Typed, message: str, context: Context) -> None:
    context.report(
        "E203",
        message,
        node.span,
        f"{left.kind} {node.op} {right.kind}",
        help="one of the two must be a plain number or a percentage",
    )


def infer_negative(node: Negative, operand: Typed, context: Context) -> Typed:
    """Return an amount with its sign turned."""
    if operand.kind not in SCALED | {kinds.ANY}:
        context.report("E203", f"{operand.kind} has no minus", node.span)
        return Typed(node, kinds.ANY, (operand,))
    constant = operand.ref
    if isinstance(constant, Constant) and not constant.name and isinstance(constant.value, int):
        turned = Constant(constant.kind, -constant.value, node.span, node.span.text)
        return Typed(node, operand.kind, (), turned)
    return Typed(node, operand.kind, (operand,))
