"""Bringing two values to one kind: `0` and `unlimited` fit every unit, points become ticks."""

from dsl import kinds
from dsl.check_context import Context
from dsl.typed import Conversion, Typed


def aligned(left: Typed, right: Typed, context: Context) -> tuple[Typed, Typed] | None:
    """Return both values in one kind, None when they do not go together."""
    if left.kind == right.kind or left.kind in kinds.WILD or right.kind in kinds.WILD:
        fits = (left.kind, right.kind)
        return (left, right) if _is_amount(fits) or left.kind == right.kind else None
    if (left.kind, right.kind) == (kinds.TICKS, kinds.POINTS):
        return left, as_ticks(right, context)
    if (left.kind, right.kind) == (kinds.POINTS, kinds.TICKS):
        return as_ticks(left, context), right
    return None


def _is_amount(pair: tuple[kinds.Kind, kinds.Kind]) -> bool:
    return all(kind in kinds.AMOUNTS | kinds.WILD for kind in pair)


def as_ticks(value: Typed, context: Context) -> Typed:
    """Return points as ticks, which needs a rule that looks at one instrument."""
    if value.kind != kinds.POINTS:
        return value
    if context.scope == "account":
        context.report(
            "E202",
            "points have no ticks in a rule on the whole account: each instrument has its own",
            value.span,
            help="use `scope: position` or `scope: symbol`",
        )
    return Typed(value.node, kinds.TICKS, (value,), Conversion.POINTS_TO_TICKS)


def fits(value: Typed, kind: kinds.Kind) -> bool:
    """Say whether a value can stand where `kind` is wanted."""
    if value.kind in (kind, kinds.ANY):
        return True
    if value.kind == kinds.POINTS and kind == kinds.TICKS:
        return True
    return value.kind in kinds.WILD and kind in kinds.AMOUNTS
