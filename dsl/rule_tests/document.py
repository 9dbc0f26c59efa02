"""A file of rule tests: which rule, and for each case its start and its steps, with places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dsl.problems import Problem, Source, Span
from dsl.rule_tests.steps import Step
from dsl.rule_tests.steps_reading import read_step
from dsl.suggest import did_you_mean
from dsl.wall_time import UnknownZone, place, zone_named
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml
from engine.units import Instant

_START = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) (\S+)")
_START_HELP = "write day, time and zone: `2025-03-07 09:00 America/Chicago`"
_FILE_KEYS = ("test", "start", "cases")
_CASE_KEYS = ("case", "start", "steps")


@dataclass(frozen=True, slots=True)
class Start:
    """When a case begins, and the zone of the clock on its wall."""

    at: Instant
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `span` is its name."""

    name: str
    span: Span
    start: Start
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class TestDocument:
    """One file. `rule` is the id of the rule it tests."""

    __test__ = False  # not a test itself, whatever pytest thinks of its name

    source: Source
    rule: str
    rule_span: Span
    cases: tuple[Case, ...]


def read_tests(source: Source, problems: list[Problem]) -> TestDocument | None:
    """Return a test file, or None when it cannot be used; everything wrong with it is appended."""
    root = read_yaml(source, problems)
    if not isinstance(root, MapNode):
        if root is not None:
            problems.append(_shape(root, "a test file has `test:`, `start:` and `cases:`"))
        return None
    _check_keys(root, _FILE_KEYS, "a test file", problems)
    rule = _text(root, "test", problems)
    cases = root.get("cases")
    start = _start(root.get("start"), problems)
    if cases is None or not isinstance(cases.value, ListNode):
        problems.append(
            _shape(cases.value if cases else root, "the cases are missing: a list under `cases:`")
        )
        return None
    read = [_case(node, start, problems) for node in cases.value.items]
    if rule is None:
        return None
    return TestDocument(source, rule.text, rule.span, tuple(case for case in read if case is not None))


def _case(node: YamlNode, default: Start | None, problems: list[Problem]) -> Case | None:
    if not isinstance(node, MapNode):
        problems.append(_shape(node, "a case has `case:` and `steps:`"))
        return None
    _check_keys(node, _CASE_KEYS, "a case", problems)
    name = _text(node, "case", problems)
    own = node.get("start")
    start = _start(own, problems) if own else default
    if start is None and own is None:
        problems.append(
            _shape(node, "nothing says when this case begins", help=f"add `start:`; {_START_HELP}")
        )
    steps = node.get("steps")
    if steps is None or not isinstance(steps.value, ListNode):
        problems.append(
            _shape(steps.value if steps else node, "the steps are missing: a list under `steps:`")
        )
        return None
    read = [_step(item, problems) for item in steps.value.items]
    if name is None or start is None or None in read:
        return None
    return Case(name.text, name.span, start, tuple(step for step in read if step is not None))


def _step(node: YamlNode, problems: list[Problem]) -> Step | None:
    if not isinstance(node, Scalar):
        problems.append(_shape(node, "a step is one line of text", code="E801"))
        return None
    return None if node.broken else read_step(node.span, problems)


def _start(entry: Entry | None, problems: list[Problem]) -> Start | None:
    """Return when cases begin, None if nothing is written or it cannot be read (reported)."""
    if entry is None:
        return None
    found = _START.fullmatch(entry.value.text.strip()) if isinstance(entry.value, Scalar) else None
    reason = "this is not a start"
    if found:
        try:
            zone = zone_named(found[3])
            return Start(place(datetime.fromisoformat(f"{found[1]} {found[2]}"), zone), zone)
        except (UnknownZone, ValueError) as failure:
            reason = str(failure)
    problems.append(_shape(entry.value, reason, help=_START_HELP))
    return None


def _text(node: MapNode, key: str, problems: list[Problem]) -> Scalar | None:
    entry = node.get(key)
    if entry is not None and isinstance(entry.value, Scalar) and not entry.value.is_empty:
        return entry.value
    problems.append(_shape(entry.value if entry else node, f"`{key}:` is missing"))
    return None


def _check_keys(node: MapNode, known: Iterable[str], what: str, problems: list[Problem]) -> None:
    for entry in node:
        if entry.key not in known:
            advice = did_you_mean(entry.key, known) or f"it has {', '.join(known)}"
            problems.append(
                Problem("E002", f"{what} has no setting called `{entry.key}`", entry.key_span, help=advice)
            )


def _shape(node: YamlNode, message: str, *, code: str = "E803", help: str = "") -> Problem:  # noqa: A002
    """Return a problem at the first line of a node."""
    span = node.span
    end = min(span.end, span.start + max(len(span.text.split("\n", 1)[0]), 1))
    return Problem(code, message, Span(span.source, span.start, end), help=help)
