"""Values of parameters and shared lists: literals, lists, tables by symbol, schedules."""

import re

from dsl.document_fields import Fields, as_literal, items_of, wrong_choice
from dsl.document_keys import DAYS, PARAM_KEYS, SCHEDULE_KEYS
from dsl.document_parts import Param, Text
from dsl.kinds import DATE, DURATION, TEXT, TIME_RANGE, Kind
from dsl.nodes import Bad, ListOf, Literal, Name, Node, ScheduleOf, TableOf, TableRow, Value
from dsl.parse_values import parse_value
from dsl.problems import Problem, Span
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode

NAME = re.compile(r"[a-z_][a-z0-9_]*")
_SYMBOL = re.compile(r"[0-9]{0,2}[A-Z][A-Z0-9]{0,5}")
_LIST_NAME = re.compile(r"lists\.[a-z_][a-z0-9_]*")


def read_param(entry: Entry, problems: list[Problem]) -> Param:
    """Return a parameter, written short or long."""
    node = entry.value
    if not (isinstance(node, MapNode) and any(item.key in PARAM_KEYS for item in node)):
        return Param(entry.key, entry.key_span, read_value(node, problems))
    fields = Fields(node, f"`{entry.key}`", entry.key_span, problems)
    fields.check(PARAM_KEYS, ["value"])
    parts = {
        item.key: read_value(item.value, problems) for item in node if item.key in {"value", "min", "max"}
    }
    help_text = fields.text("help")
    return Param(
        entry.key,
        entry.key_span,
        parts.get("value", Bad(node.span)),
        parts.get("min"),
        parts.get("max"),
        help_text.text if help_text else "",
    )


def read_value(node: YamlNode, problems: list[Problem]) -> Value:
    """Return the value of a parameter."""
    if isinstance(node, Scalar):
        return parse_value(node, problems)
    if isinstance(node, ListNode):
        return ListOf(
            node.span, tuple(as_literal(item, "an entry of a list", problems) for item in node.items)
        )
    if any(entry.key in SCHEDULE_KEYS for entry in node):
        return read_schedule(node, "the schedule", problems)
    return TableOf(node.span, tuple(row for entry in node for row in _row(entry, problems)))


def check_name(entry: Entry, what: str, problems: list[Problem]) -> bool:
    """Say whether a key is a name that expressions can use; if not, report it."""
    if NAME.fullmatch(entry.key):
        return True
    better = re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", entry.key)).lower().strip("_")
    advice = (
        f"write `{better}`" if NAME.fullmatch(better) else "use small letters, digits and `_`, a letter first"
    )
    problems.append(
        Problem("E016", f"`{entry.key}` cannot be the name of {what}", entry.key_span, help=advice)
    )
    return False


def read_schedule(node: MapNode, owner: str, problems: list[Problem]) -> ScheduleOf:
    """Return opening hours; each part that cannot be read is reported and left out."""
    fields = Fields(node, owner, node.span, problems)
    fields.check(SCHEDULE_KEYS, ["days", "hours"])
    tz, days, hours = fields.text("tz"), fields.entry("days"), fields.entry("hours")
    closed_on, lead = fields.entry("closed_on"), fields.literal("lead")
    return ScheduleOf(
        node.span,
        Literal(tz.span, TEXT, tz.text, tz.text) if tz else None,
        _days(days.value, problems) if days else (),
        _of_kind(hours.value, TIME_RANGE, "`hours`", "08:30..15:00", problems) if hours else (),
        _closed_on(closed_on.value, problems) if closed_on else None,
        only(lead, DURATION, "`lead`", "2m", problems) if lead else None,
    )


def only(node: Value, kind: Kind, name: str, example: str, problems: list[Problem]) -> Literal | None:
    """Return a literal of one kind; any other value is reported, `Bad` was."""
    if isinstance(node, Literal) and node.kind == kind:
        return node
    if not isinstance(node, Bad):
        message = f"{name} cannot be `{node.span.text}`"
        problems.append(
            Problem("E005", message, node.span, help=f"write {_article(kind)}, for example `{example}`")
        )
    return None


def _article(kind: Kind) -> str:
    return f"a {kind}" if kind.name not in {"money", "ticks", "contracts"} else f"an amount of {kind}"


def _row(entry: Entry, problems: list[Problem]) -> list[TableRow]:
    """Return the row of an entry, or none after saying why its key is no symbol."""
    if entry.key == "other" or _SYMBOL.fullmatch(entry.key):
        return [TableRow(entry.key, entry.key_span, read_value(entry.value, problems))]
    better = entry.key.upper()
    advice = f"write `{better}`" if _SYMBOL.fullmatch(better) else "write a symbol such as `ES`, or `other`"
    problems.append(Problem("E016", f"`{entry.key}` is not a symbol", entry.key_span, help=advice))
    return []


def _days(node: YamlNode, problems: list[Problem]) -> tuple[Literal, ...]:
    days = []
    for item in items_of(node):
        if not isinstance(item, Scalar):
            problems.append(
                Problem("E007", "`days` is a list of days", item.outer, help="write `[MON, TUE]`")
            )
        elif item.text in DAYS:
            days.append(Literal(item.span, TEXT, item.text, item.text))
        elif not item.broken:
            problems.append(_wrong_day(item.span, item.text))
    return tuple(days)


def _wrong_day(span: Span, text: str) -> Problem:
    short = text[:3].upper()
    if short in DAYS:
        return Problem(
            "E005", f"`days` cannot be `{text}`", span, help=f"write `{short}`; every day is named by itself"
        )
    return wrong_choice("days", Text(span, text), DAYS)


def _of_kind(
    node: YamlNode, kind: Kind, name: str, example: str, problems: list[Problem]
) -> tuple[Literal, ...]:
    """Return one or several literals of a kind."""
    read = [only(as_literal(item, name, problems), kind, name, example, problems) for item in items_of(node)]
    return tuple(literal for literal in read if literal is not None)


def _closed_on(node: YamlNode, problems: list[Problem]) -> Node:
    """Return dates, or the name of a shared list of dates."""
    if isinstance(node, Scalar) and _LIST_NAME.fullmatch(node.text):
        return Name(node.span, tuple(node.text.split(".")))
    return ListOf(node.outer, _of_kind(node, DATE, "`closed_on`", "2025-12-24", problems))
