"""Gauges: what is measured and its bound, derived from `measured >= bound`, or as the author wrote it."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.check_mismatch import report_mismatch
from dsl.check_units import aligned
from dsl.checked_rule import CheckedGauge, CheckedTier
from dsl.document_parts import GaugeNode
from dsl.fact import Fact
from dsl.labels import label_of
from dsl.nodes import Compare, Logic
from dsl.typed import AggregateUse, Constant, LetUse, Typed

UNITS = {
    kinds.MONEY: "money",
    kinds.CONTRACTS: "contracts",
    kinds.TICKS: "ticks",
    kinds.DURATION: "duration",
    kinds.PERCENT: "percent",
    kinds.NUMBER: "number",
}
"""Kinds that a gauge can show, with the engine's words for them."""


def check_gauge(
    written: GaugeNode | None, tiers: tuple[CheckedTier, ...], context: Context
) -> CheckedGauge | None:
    """Return the gauge of a rule, None where nothing can be drawn."""
    if written is None:
        pairs = (derive(tier.when) for tier in tiers)
        return next((pair for pair in pairs if pair is not None), None)
    value, limit = infer(written.value, context), infer(written.limit, context)
    if kinds.ANY in (value.kind, limit.kind):
        return None
    both = aligned(value, limit, context)
    if both is None:
        report_mismatch(f"cannot draw {value.kind} against {limit.kind}", value, limit, context)
        return None
    if unit_of(*both) is None:
        context.report("E205", f"a gauge cannot show {value.kind}", value.span, help="name an amount")
        return None
    return CheckedGauge(both[0], both[1], written.label.text if written.label else label_of(value))


def derive(when: Typed) -> CheckedGauge | None:
    """Return the pair of the first comparison that has one, also inside `and` and behind names."""
    if isinstance(when.ref, LetUse):
        return derive(when.parts[0])
    if isinstance(when.node, Logic) and when.node.op == "and":
        return next((pair for part in when.parts if (pair := derive(part)) is not None), None)
    if not isinstance(when.node, Compare):
        return None
    left, right = when.parts
    match when.node.op:
        case ">=" | ">":
            return _pair(left, right)
        case "<=" | "<":
            return _pair(right, left) if not is_measured(left) else None
        case _:
            return None


def _pair(value: Typed, limit: Typed) -> CheckedGauge | None:
    """Return a pair that can be drawn: something measured against a bound that is not zero."""
    is_zero = isinstance(limit.ref, Constant) and limit.ref.value == 0
    if not is_measured(value) or is_zero or unit_of(value, limit) is None:
        return None
    return CheckedGauge(value, limit, label_of(value))


def is_measured(typed: Typed) -> bool:
    """Say whether a value comes from facts at all."""
    return any(isinstance(part.ref, Fact | AggregateUse) for part in typed.walk())


def unit_of(value: Typed, limit: Typed) -> str | None:
    """Return the engine's word for the unit of a pair, None for kinds that cannot be drawn."""
    return UNITS.get(value.kind) or UNITS.get(limit.kind)
