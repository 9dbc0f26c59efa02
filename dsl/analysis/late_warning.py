"""A305: the early warning comes when the rule has already acted, so nobody will ever see it."""

from collections.abc import Iterator

from dsl import kinds
from dsl.analysis.cases import can_be
from dsl.analysis.finding import ACTING, Subject, doubt
from dsl.analysis.words import amount, bound_of, measured, parameter_in, written
from dsl.checked_rule import CheckedTier
from dsl.nodes import Binary
from dsl.problems import Problem, Span
from dsl.typed import Typed
from engine.units import SCALE


def late_warning(subject: Subject) -> Iterator[Problem]:
    """Yield the warning of a rule if it holds in no state in which the rule has not acted."""
    warn, tiers = subject.rule.warn, _at_once(subject)
    if warn is None or not tiers or not can_be(subject.forms, (warn.when, True)):
        return
    if can_be(subject.forms, (warn.when, True), *((tier.when, False) for tier in tiers)):
        return
    if any(not can_be(subject.forms, (tier.when, False)) for tier in tiers):
        return  # the rule always fires, which is said already
    is_lock = any(action.name in ("lock", "cooldown") for tier in tiers for action in tier.actions)
    what = "the lock" if is_lock else "the rule acts"
    for tier in tiers:
        known = _compared(warn.when, tier.when, subject)
        if known is not None:
            comes = "the lock comes" if is_lock else "the rule acts"
            span, advice = _edit(known[0], known[1], warn.when.span, subject)
            because = f"{_bound(known[0], subject)}, but {comes} at {_value(known[1], subject)}"
            yield doubt("A305", f"the warning can never appear before {what}", span, because, advice)
            return
    because = f"whenever `{written(warn.when)}` holds, the rule has already acted"
    yield doubt("A305", f"the warning can never appear before {what}", warn.when.span, because)


def _at_once(subject: Subject) -> list[CheckedTier]:
    """Return the tiers that act as soon as their condition holds: while another waits, the warning is seen."""
    return [
        tier
        for tier in subject.rule.tiers
        if any(action.name in ACTING for action in tier.actions) and not _waits(tier, subject)
    ]


def _waits(tier: CheckedTier, subject: Subject) -> bool:
    if tier.hold is None:
        return False
    wait = subject.forms.linear(tier.hold)
    return not wait.is_constant or wait.constant > 0


def _compared(warn: Typed, when: Typed, subject: Subject) -> tuple[Typed, Typed] | None:
    """Return the bounds of both conditions if they measure the same against something fixed."""
    one, other = measured(warn, subject.forms), measured(when, subject.forms)
    if one is None or other is None:
        return None
    same = subject.forms.linear(one[0]) == subject.forms.linear(other[0])
    return (one[2], other[2]) if same else None


def _bound(bound: Typed, subject: Subject) -> str:
    text, value = written(bound), _value(bound, subject)
    return f"the warning comes at {value}" if text == value else f"{text} is {value}"


def _value(bound: Typed, subject: Subject) -> str:
    return amount(bound, bound_of(bound, subject.forms), bound.kind)


def _edit(bound: Typed, limit: Typed, otherwise: Span, subject: Subject) -> tuple[Span, str]:
    """Return where to change the warning and how: at its own parameter if it has one."""
    own = parameter_in(bound, besides=limit)
    if own is None or own.span.source is not otherwise.source:
        return otherwise, f"warn before {_value(limit, subject)}"
    is_share = own.kind == kinds.PERCENT and isinstance(bound.node, Binary) and bound.node.op == "*"
    if is_share and bound_of(limit, subject.forms) * own.value == bound_of(bound, subject.forms) * SCALE:
        rises = own.value >= SCALE
        return own.span, f"use a {own.name} {'below' if rises else 'above'} 100%"
    return own.span, f"choose `{own.name}` so that the warning comes before {_value(limit, subject)}"
