"""A rule file, read whole: every setting of `dsl.md` 2 with its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import TypeVar

from dsl.document_actions import read_gauge, read_message, read_then, read_tiers, read_warn
from dsl.document_fields import Fields, first_line
from dsl.document_keys import (
    FOR_EACH,
    IF_UNKNOWN,
    MODES,
    RULE_KEYS,
    SCOPES,
    SETTINGS_KEYS,
    SEVERITIES,
    SINCE,
)
from dsl.document_parts import (
    ActionNode,
    ExceptionNode,
    GaugeNode,
    Let,
    Param,
    ResetNode,
    SettingsNode,
    Text,
    TierNode,
    WarnNode,
)
from dsl.document_settings import read_settings
from dsl.document_times import read_exceptions, read_expires, read_reset, read_tags
from dsl.document_values import NAME, check_name, read_param
from dsl.nodes import Bad, Literal, Node
from dsl.problems import Mark, Problem, Source, Span
from dsl.yaml_nodes import Entry, MapNode, Scalar
from dsl.yaml_read import read_yaml

_Part = TypeVar("_Part", Param, Let)


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """What a rule says. None or empty is what the file does not say, or says so that it cannot be read.

    Expressions are parsed; one that could not be is `Bad`. `keys` has the place of each setting that is written.
    """

    source: Source
    span: Span
    map: MapNode
    keys: Mapping[str, Span]
    rule: Text | None
    title: Text | None
    mode: Text | None
    scope: Text | None
    why: Text | None
    severity: Text | None
    params: Mapping[str, Param]
    let: Mapping[str, Let]
    when: Node | None
    for_: Node | None
    for_each: Text | None
    clear_when: Node | None
    clear_for: Node | None
    if_unknown: Text | None
    reset: ResetNode | None
    since: Text | None
    expires: Literal | None
    gauge: GaugeNode | None
    message: Scalar | None
    warn: WarnNode | None
    tiers: tuple[TierNode, ...]
    then: tuple[ActionNode, ...]
    exceptions: tuple[ExceptionNode, ...]
    tags: tuple[Text, ...]
    owner: Text | None
    settings: SettingsNode


def read_rule(source: Source, problems: list[Problem]) -> RuleDocument | None:
    """Return a rule file, or None when nothing of it can be read; every problem of its structure is appended."""
    node = read_yaml(source, problems)
    if node is None:
        return None
    if not isinstance(node, MapNode):
        advice = "begin with `rule:`, `title:`, `mode:` and `scope:`, one a line"
        problems.append(
            Problem("E007", "a rule is a list of settings, `name: value`", node.outer, help=advice)
        )
        return None
    fields = Fields(node, "a rule", first_line(node), problems)
    _check_keys(fields)
    return RuleDocument(
        source=source,
        span=node.span,
        map=node,
        keys=MappingProxyType({entry.key: entry.key_span for entry in node}),
        rule=_rule_name(fields, source),
        title=fields.text("title"),
        mode=fields.choice("mode", MODES),
        scope=fields.choice("scope", SCOPES),
        why=fields.text("why"),
        severity=fields.choice("severity", SEVERITIES),
        params=_named(fields, "params", "a parameter", read_param),
        let=_named(fields, "let", "a value", _let),
        when=fields.expression("when", "condition"),
        for_=fields.expression("for"),
        for_each=fields.choice("for_each", FOR_EACH),
        clear_when=fields.expression("clear_when", "condition"),
        clear_for=fields.expression("clear_for"),
        if_unknown=fields.choice("if_unknown", IF_UNKNOWN),
        reset=read_reset(fields),
        since=fields.choice("since", SINCE),
        expires=read_expires(fields),
        gauge=read_gauge(fields),
        message=read_message(fields),
        warn=read_warn(fields),
        tiers=read_tiers(entry, problems) if (entry := fields.entry("tiers")) else (),
        then=read_then(entry, problems) if (entry := fields.entry("then")) else (),
        exceptions=read_exceptions(fields),
        tags=read_tags(fields),
        owner=fields.text("owner"),
        settings=read_settings(fields),
    )


def _check_keys(fields: Fields) -> None:
    tiers = fields.map.get("tiers")
    required = ["rule", "title", "mode", "scope"] + ([] if tiers else ["when", "then"])
    fields.check((*RULE_KEYS, *SETTINGS_KEYS), required)
    for key in ("when", "then", "for"):
        entry = fields.map.get(key)
        if tiers and entry:
            fields.problems.append(
                Problem(
                    "E015",
                    f"`{key}` and `tiers` cannot stand in one rule",
                    entry.key_span,
                    marks=(Mark(tiers.key_span, "the tiers are here"),),
                    help=f"move `{key}:` into a tier, or delete `tiers:`",
                )
            )


def _rule_name(fields: Fields, source: Source) -> Text | None:
    """Return the name of the rule, which is that of its file."""
    name, file = fields.text("rule"), PurePath(source.path).stem
    if name is None:
        return None
    if not NAME.fullmatch(name.text):
        advice = "use small letters, digits and `_`, for example `daily_loss`"
        fields.problems.append(
            Problem("E016", f"`{name.text}` cannot be the name of a rule", name.span, help=advice)
        )
    elif name.text != file:
        message = f"the rule is called `{name.text}`, its file `{file}`"
        advice = f"rename the file to `{name.text}.yaml`, or write `rule: {file}`"
        fields.problems.append(Problem("E006", message, name.span, help=advice))
    return name


def _named(
    fields: Fields, key: str, what: str, read: Callable[[Entry, list[Problem]], _Part]
) -> Mapping[str, _Part]:
    """Return the parts of a map by name; names that expressions could not use are reported and left out."""
    node = fields.map_of(
        key, "`limit: $500` below it" if key == "params" else "`lost: loss(day.realized_pnl)` below it"
    )
    entries = node.entries if node else ()
    named = {
        entry.key: read(entry, fields.problems)
        for entry in entries
        if check_name(entry, what, fields.problems)
    }
    return MappingProxyType(named)


def _let(entry: Entry, problems: list[Problem]) -> Let:
    fields = Fields(MapNode(entry.span, (entry,)), "`let`", entry.key_span, problems)
    return Let(entry.key, entry.key_span, fields.expression(entry.key) or Bad(entry.span))
