"""What the tests of a rule would not notice: each condition is changed a little, and some test must then fail.

A comparison is moved by one step (`>=` becomes `>`), a tier or a warning never comes true, an unknown answer counts as
something else. A change that no test notices is a boundary or a branch that was never tested.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from dsl.nodes import Call, Compare
from dsl.pipeline import compile_rule
from dsl.problems import Source, Span
from dsl.rule_document import RuleDocument, read_rule
from dsl.rule_tests.cases import run_case
from dsl.rule_tests.document import TestDocument
from dsl.rule_tests.loading import Subject
from dsl.rule_tests.report import Coverage, Gap
from engine.rule import RuleSet

OTHER = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": "!=", "!=": "=="}
"""The sign that differs from another at the bound only; equality has nothing nearer than its opposite."""


def cover(tests: TestDocument, subject: Subject) -> Coverage:
    """Return what the tests of a rule would not notice."""
    source = subject.source
    document = read_rule(source, [])
    assert document is not None, "the rule was compiled before"
    tried, gaps = 0, []
    for span, text, said in _changes(document):
        changed = Source(source.path, source.text[: span.start] + text + source.text[span.end :])
        rule, _ = compile_rule(changed, subject.info, {})
        if rule is None:
            continue  # the language itself refuses the change
        rules = RuleSet(subject.info.name, rule.digest, subject.info.settings, (rule,))
        tried += 1
        if not _is_noticed(tests, rules):
            gaps.append(Gap(span, said))
    return Coverage(tried, tuple(sorted(gaps, key=lambda gap: gap.span.start)))


def _is_noticed(tests: TestDocument, rules: RuleSet) -> bool:
    return any(run_case(tests.rule, case, lambda _: rules) is not None for case in tests.cases)


def _changes(document: RuleDocument) -> Iterator[tuple[Span, str, str]]:
    """Give a place, the text to put there, and what it means when no test notices."""
    conditions = [(document.when, "the rule")] if document.when is not None else []
    conditions += [(tier.when, f"the tier `{tier.name.text}`") for tier in document.tiers]
    if document.warn is not None:
        conditions.append((document.warn.when, "the warning"))
    for condition, what in conditions:
        yield condition.span, "false", f"no test sees {what} come true"
    if document.if_unknown is not None:
        other = "hold" if document.if_unknown.text == "no_increase" else "no_increase"
        yield document.if_unknown.span, other, "no test has an unknown answer"
    for compare in _compares(document):
        sign = OTHER[compare.op]
        yield compare.op_span, sign, f"no test would notice `{sign}` instead of `{compare.op}`"


def _compares(document: RuleDocument) -> Iterator[Compare]:
    """Give every comparison of the rule: in its conditions and in names under `let:`."""
    conditions = [document.when, document.clear_when, *(tier.when for tier in document.tiers)]
    conditions += [document.warn.when] if document.warn is not None else []
    conditions += [let.value for let in document.let.values()]
    for condition in conditions:
        yield from _inside(condition)


def _inside(part: Any) -> Iterator[Compare]:
    """Give the comparisons in a node and below it."""
    if isinstance(part, Compare):
        yield part
    if isinstance(part, Call) and part.function == "streak":
        return  # a streak skips scratches, so at its bound there is nothing to see
    if isinstance(part, tuple):
        children = part
    elif is_dataclass(part) and not isinstance(part, Span):
        children = tuple(getattr(part, field.name) for field in fields(part))
    else:
        return
    for child in children:
        yield from _inside(child)
