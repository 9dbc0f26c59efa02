"""`stops.max_distance`: how far away a stop may be and still count, as an amount that may depend on facts."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.check_units import as_ticks
from dsl.fact import Fact
from dsl.nodes import Literal, Node
from dsl.typed import AggregateUse, Typed

OF_STOPS = frozenset({"covered", "uncovered", "has_stop", "stop_price", "stop_distance", "stopped_out_loss"})
"""Fields that rest on which stops count, so what counts cannot rest on them."""


def check_reach(node: Node | None, context: Context) -> Typed | None:
    """Return the amount, ticks or money; None for none, for one that is known at load, or a wrong one (reported)."""
    if node is None or is_plain(node):
        return None
    before = len(context.problems)
    typed = infer(node, context)
    for part in typed.walk():
        _check_part(part, context)
    if typed.kind == kinds.ANY or len(context.problems) > before:
        return None
    if typed.kind not in (kinds.TICKS, kinds.POINTS, kinds.MONEY):
        context.report(
            "E204",
            "`max_distance` needs ticks or money",
            typed.span,
            f"this is {typed.kind}",
            help="write for example `40 ticks`, or `$200` that the whole position may lose on the way",
        )
        return None
    return as_ticks(typed, context)


def is_plain(node: Node) -> bool:
    """Say whether an amount is known without looking at anything: ticks as they stand, or none at all."""
    return isinstance(node, Literal) and node.kind in (kinds.TICKS, kinds.UNLIMITED)


def _check_part(part: Typed, context: Context) -> None:
    if isinstance(part.ref, Fact) and part.ref.path.rpartition(".")[2] in OF_STOPS:
        context.report(
            "E318",
            f"`{part.ref.path}` depends on which stops count, so it cannot say which do",
            part.span,
            help="use an amount that no stop changes, for example `day.total_loss`",
        )
    elif isinstance(part.ref, AggregateUse):
        context.report(
            "E318",
            "`max_distance` cannot add up events or positions",
            part.span,
            help="use a field, for example `day.total_loss`",
        )
