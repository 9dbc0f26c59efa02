"""A302: a rule, or one of its tiers, fires in every state."""

from collections.abc import Iterator

from dsl.analysis.cases import can_be
from dsl.analysis.finding import Subject, called, doubt
from dsl.analysis.words import amount, bound_of, measured, parameter_in, place_of, why_always
from dsl.problems import Problem, Span
from dsl.typed import Typed

EDGES = {">=": "above", ">": "of at least", "<=": "below", "<": "of at most"}


def always_fires(subject: Subject) -> Iterator[Problem]:
    """Yield each condition that holds in every state."""
    for tier in subject.rule.tiers:
        if not can_be(subject.forms, (tier.when, False)):
            span, advice = _edit(tier.when, subject)
            because = why_always(tier.when, subject.forms)
            yield doubt("A302", f"{called(tier, 'this rule')} always fires", span, because, advice)


def _edit(when: Typed, subject: Subject) -> tuple[Span, str]:
    """Return where to change a condition and how."""
    known = measured(when, subject.forms)
    if known is None or known[1] not in EDGES:
        return when.span, ""
    value, sign, bound = known
    span = subject.forms.range_of(subject.forms.linear(value))
    edge = span.low if sign in (">=", ">") else span.high
    name = parameter_in(bound)
    if edge is None or name is None or bound_of(bound, subject.forms) != edge:
        return place_of(bound, when.span), ""
    return place_of(bound, when.span), f"use a `{name.name}` {EDGES[sign]} {amount(bound, edge, value.kind)}"
