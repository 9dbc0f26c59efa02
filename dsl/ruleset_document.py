"""`ruleset.yaml` and `lists.yaml`, read whole: what all rules of a folder share, with its places."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dsl.document_fields import Fields, first_line
from dsl.document_keys import MODES, RULESET_KEYS
from dsl.document_parts import Param, SettingsNode, Text
from dsl.document_settings import read_settings
from dsl.document_values import check_name, only, read_param, read_schedule
from dsl.kinds import TIME_OF_DAY
from dsl.nodes import Literal, ScheduleOf
from dsl.problems import Problem, Source, Span
from dsl.yaml_nodes import Entry, MapNode
from dsl.yaml_read import read_yaml

VERSION = 1
"""Of the language that this program reads."""


@dataclass(frozen=True, slots=True)
class RulesetDocument:
    """What `ruleset.yaml` says. None or empty is what it does not say, or says so that it cannot be read.

    `sessions` has schedules by symbol, and `default` for the rest.
    """

    source: Source
    span: Span
    keys: Mapping[str, Span]
    ruleset: Text | None
    version: int | None
    mode_ceiling: Text | None
    tz: Text | None
    trading_day: Literal | None
    sessions: Mapping[str, ScheduleOf]
    calendar: Text | None
    flat_by: Literal | None
    settings: SettingsNode


def read_ruleset(source: Source, problems: list[Problem]) -> RulesetDocument | None:
    """Return `ruleset.yaml`, or None when nothing of it can be read; problems are appended."""
    node = _map(
        source,
        "a ruleset is a list of settings, `name: value`",
        "begin with `ruleset:` and `dsl: 1`",
        problems,
    )
    if node is None:
        return None
    fields = Fields(node, "a ruleset", first_line(node), problems)
    fields.check(RULESET_KEYS, ["ruleset", "dsl"])
    return RulesetDocument(
        source=source,
        span=node.span,
        keys=MappingProxyType({entry.key: entry.key_span for entry in node}),
        ruleset=fields.text("ruleset"),
        version=_version(fields),
        mode_ceiling=fields.choice("mode_ceiling", MODES),
        tz=fields.text("tz"),
        trading_day=_time(fields, "trading_day", "17:00"),
        sessions=_sessions(fields),
        calendar=fields.text("calendar"),
        flat_by=_time(fields, "flat_by", "15:10"),
        settings=read_settings(fields),
    )


def read_lists(source: Source, problems: list[Problem]) -> Mapping[str, Param]:
    """Return the shared lists and tables of `lists.yaml` by name; problems are appended."""
    advice = "write for example `blocked: [RTY, BTC]`"
    node = _map(source, "shared lists stand below their names, `name: [...]`", advice, problems)
    entries = node.entries if node else ()
    lists = {
        entry.key: read_param(entry, problems) for entry in entries if check_name(entry, "a list", problems)
    }
    return MappingProxyType(lists)


def _map(source: Source, message: str, advice: str, problems: list[Problem]) -> MapNode | None:
    node = read_yaml(source, problems)
    if node is None or isinstance(node, MapNode):
        return node
    problems.append(Problem("E007", message, node.outer, help=advice))
    return None


def _version(fields: Fields) -> int | None:
    """Return the version of the language; a newer one than ours is refused."""
    text = fields.text("dsl")
    if text is None:
        return None
    if not (text.text.isascii() and text.text.isdigit()) or text.text.startswith("0"):
        fields.problems.append(
            Problem("E005", f"`dsl` cannot be `{text.text}`", text.span, help=f"write `dsl: {VERSION}`")
        )
        return None
    if len(text.text) > 4 or int(text.text) > VERSION:
        message = f"this ruleset is written in version {text.text} of the language"
        advice = f"install a newer `risk`; this one reads version {VERSION}"
        fields.problems.append(Problem("E017", message, text.span, "too new", help=advice))
        return None
    return int(text.text)


def _time(fields: Fields, key: str, example: str) -> Literal | None:
    value = fields.literal(key)
    return only(value, TIME_OF_DAY, f"`{key}`", example, fields.problems) if value is not None else None


def _sessions(fields: Fields) -> Mapping[str, ScheduleOf]:
    node = fields.map_of(
        "sessions", "`default: {days: [MON, TUE, WED, THU, FRI], hours: 08:30..15:00}` below it"
    )
    read = {entry.key: _session(entry, fields.problems) for entry in node.entries} if node else {}
    return MappingProxyType({name: schedule for name, schedule in read.items() if schedule is not None})


def _session(entry: Entry, problems: list[Problem]) -> ScheduleOf | None:
    name = entry.key
    if name != "default" and not name.isupper():
        advice = f"write `{name.upper()}` for the symbol, or `default` for all others"
        problems.append(Problem("E016", f"`{name}` is not a symbol", entry.key_span, help=advice))
    if isinstance(entry.value, MapNode):
        return read_schedule(entry.value, f"the session `{name}`", problems)
    advice = "write `{days: [MON, TUE, WED, THU, FRI], hours: 08:30..15:00}`"
    problems.append(Problem("E007", "a session has days and hours", entry.value.outer, help=advice))
    return None
