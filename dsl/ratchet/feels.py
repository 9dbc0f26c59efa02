"""Which settings that all rules share a rule can feel: a change of one that it does not feel changes nothing in it."""

from collections.abc import Callable, Iterator, Mapping

from dsl.checked_rule import CheckedRule
from dsl.fact import Fact
from dsl.typed import AggregateUse, Constant, FunctionUse, ItemField, Typed
from engine.rule import Topic
from engine.windows import SpanStart

FIGURES = frozenset(
    {"account.start_balance", "account.eod_balance", "account.eod_high", "account.operator_floor"}
)
UNDATED = frozenset({SpanStart.START, SpanStart.FIRED, SpanStart.PAYOUT})
"""Stretches that begin at an instant which is stored, whatever the calendar says."""

STOP_ACTIONS = frozenset({"move_stop", "require_stop"})


def feels(rule: CheckedRule, setting: str) -> bool:
    """Say whether a setting can change what a rule does. `days` is the calendar with everything in it."""
    if setting == "days" and _is_dated(rule):
        return True
    if setting == "stops" and any(a.name in STOP_ACTIONS for tier in rule.tiers for a in tier.actions):
        return True
    felt = FELT.get(setting)
    return felt is None or any(felt(node) for node in _nodes(rule))


def reads_firings(rule: CheckedRule) -> bool:
    """Say whether what a rule does depends on when it fired before."""
    return any(
        isinstance(node.ref, AggregateUse)
        and (
            node.ref.span is SpanStart.FIRED
            or (node.ref.stream is not None and node.ref.stream.word == "firings")
        )
        for node in _nodes(rule)
    )


def _is_dated(rule: CheckedRule) -> bool:
    document = rule.document
    return rule.reset is not None or bool(document.exceptions) or document.expires is not None


def _nodes(rule: CheckedRule) -> Iterator[Typed]:
    for condition in rule.conditions:
        yield from condition.walk()


def _minis(node: Typed) -> bool:
    return isinstance(node.ref, Fact) and node.ref.path.endswith("_minis")


def _figures(node: Typed) -> bool:
    return isinstance(node.ref, Fact) and node.ref.path in FIGURES


def _quotes(node: Typed) -> bool:
    is_now = (
        isinstance(node.ref, AggregateUse) and node.ref.stream is not None and node.ref.stream.stream is None
    )
    return is_now or (isinstance(node.ref, Fact) and Topic.QUOTES in node.ref.topics)


def _results(node: Typed) -> bool:
    if isinstance(node.ref, AggregateUse):
        return node.ref.stream is not None
    return isinstance(node.ref, Fact) and bool(node.ref.topics & {Topic.FILLS, Topic.QUOTES, Topic.ACCOUNT})


def _payout(node: Typed) -> bool:
    return isinstance(node.ref, AggregateUse) and node.ref.span is SpanStart.PAYOUT


def _news(node: Typed) -> bool:
    is_near = isinstance(node.ref, FunctionUse) and node.ref.word == "near"
    return is_near or (isinstance(node.ref, Fact) and node.ref.path.startswith("news."))


def _stops(node: Typed) -> bool:
    name = (
        node.ref.path
        if isinstance(node.ref, Fact)
        else node.ref.name
        if isinstance(node.ref, ItemField)
        else ""
    )
    return "stop" in name or "cover" in name


def _days(node: Typed) -> bool:
    match node.ref:
        case Fact() as fact:
            return Topic.CLOCK in fact.topics
        case AggregateUse(span=span):
            return isinstance(span, SpanStart) and span not in UNDATED
        case FunctionUse(word="inside" | "outside" | "near"):
            return True
        case Constant() as known:
            return str(known.kind) == "schedule"
        case _:
            return False


FELT: Mapping[str, Callable[[Typed], bool]] = {
    "minis": _minis,
    "figures": _figures,
    "mark": _quotes,
    "fresh_for": _quotes,
    "confirm_jump": _quotes,
    "basis": _results,
    "trade_is": _results,
    "breakeven_band": _results,
    "payout": _payout,
    "news": _news,
    "stops": _stops,
    "days": _days,
}
"""By setting, whether one node of a rule's expressions depends on it. A setting that is not here is felt by all."""
