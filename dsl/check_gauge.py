"""Gauges: what is measured and its bound, derived from a condition, or as the author wrote it."""

from dataclasses import replace

from dsl import kinds
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.check_mismatch import report_mismatch
from dsl.check_units import aligned
from dsl.checked_rule import CheckedGauge
from dsl.document_parts import GaugeNode
from dsl.fact import Fact
from dsl.gauge_labels import below_label, gauge_label
from dsl.nodes import Binary, Compare, Logic
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

COUNTS = frozenset({"count", "streak"})
"""Aggregates that count things."""

BRANCHES = 16
"""Of how many branches of an `or` the nearest is shown; more than that only a machine writes."""


def check_gauge(written: GaugeNode | None, context: Context) -> CheckedGauge | None:
    """Return the gauge that the author wrote, None if there is none or it cannot be drawn (reported)."""
    if written is None:
        return None
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
    return CheckedGauge(both[0], both[1], written.label.text if written.label else gauge_label(value))


def derive(when: Typed, *, is_daily: bool = False) -> CheckedGauge | None:
    """Return the pair of a comparison, also behind names; of several joined by `and` the last, armed by the others.

    Of branches joined by `or` all are kept, and the screen shows the one nearest to its bound.
    `is_daily`: the rule starts afresh each day, so `since the reset` means today.
    """
    return _derived(when, is_daily, {})


def _derived(when: Typed, is_daily: bool, known: dict[int, CheckedGauge | None]) -> CheckedGauge | None:
    """Return the pair of a condition. Each is looked at once: names made of names would double the work each time."""
    when = unnamed(when)
    if id(when) not in known:
        known[id(when)] = (
            _joined(when, is_daily, known) if isinstance(when.node, Logic) else _compared(when, is_daily)
        )
    return known[id(when)]


def _joined(when: Typed, is_daily: bool, known: dict[int, CheckedGauge | None]) -> CheckedGauge | None:
    """Return the last pair of an `and`, armed by the others; of an `or` all of them."""
    pairs = [(part, pair) for part in when.parts if (pair := _derived(part, is_daily, known)) is not None]
    if not pairs:
        return None
    if isinstance(when.node, Logic) and when.node.op == "and":
        return _armed_by(pairs[-1][1], tuple(part for part, _ in pairs[:-1]))
    every = [one for _, pair in pairs for one in (replace(pair, others=()), *pair.others)]
    return replace(every[0], others=tuple(every[1:BRANCHES]))


def _compared(when: Typed, is_daily: bool) -> CheckedGauge | None:
    if not isinstance(when.node, Compare):
        return None
    left, right = when.parts
    match when.node.op:
        case ">=" | ">":
            return _below(right, left) or _pair(left, right, is_daily)
        case "<=" | "<":
            return _below(left, right) or (_pair(right, left, is_daily) if not is_measured(left) else None)
        case _:
            return None


def _armed_by(pair: CheckedGauge, before: tuple[Typed, ...]) -> CheckedGauge:
    others = tuple(_armed_by(other, before) for other in pair.others)
    return replace(pair, armed=(*before, *pair.armed), others=others)


def _pair(value: Typed, limit: Typed, is_daily: bool) -> CheckedGauge | None:
    """Return a pair that can be drawn: something measured against a bound that is not zero."""
    is_zero = isinstance(limit.ref, Constant) and limit.ref.value == 0
    if not is_measured(value) or is_zero or unit_of(value, limit) is None:
        return None
    return CheckedGauge(value, limit, gauge_label(value, is_daily=is_daily))


def _below(value: Typed, floor: Typed) -> CheckedGauge | None:
    """Return how much of the way down to a floor is used, where the floor is so far, or such a part, below a peak.

    `equity <= peak - allowance`: peak - equity of allowance. `result <= peak * keep`: peak - result of peak - floor.
    """
    bound = unnamed(floor)
    if not (is_measured(value) and isinstance(bound.node, Binary) and bound.ref is None):
        return None
    peak, size = bound.parts
    if bound.node.op == "*" and not is_measured(peak):
        peak, size = size, peak
    if value.kind != peak.kind or not is_measured(peak) or is_measured(size):
        return None
    match bound.node.op:
        case "-":
            limit = size
        case "*" if size.kind == kinds.PERCENT:
            limit = _minus(peak, floor)
        case _:
            return None
    return CheckedGauge(_minus(peak, value), limit, below_label(peak))


def _minus(left: Typed, right: Typed) -> Typed:
    return Typed(Binary(left.span, "-", left.node, right.node), left.kind, (left, right))


def unnamed(typed: Typed) -> Typed:
    """Return what a name stands for."""
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    return typed


def is_measured(typed: Typed) -> bool:
    """Say whether a value comes from facts at all."""
    return any(isinstance(part.ref, Fact | AggregateUse) for part in typed.walk())


def is_count(typed: Typed) -> bool:
    """Say whether a value is how many of something there are."""
    ref = unnamed(typed).ref
    return isinstance(ref, AggregateUse) and ref.word in COUNTS


def unit_of(value: Typed, limit: Typed) -> str | None:
    """Return the engine's word for the unit of a pair, None for kinds that cannot be drawn."""
    return UNITS.get(value.kind) or UNITS.get(limit.kind)
