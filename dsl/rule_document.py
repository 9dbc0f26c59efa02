"""A rule file, read whole: every setting of `dsl.md` 2 with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

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
from dsl.nodes import Literal, Node
from dsl.problems import Source, Span
from dsl.yaml_nodes import MapNode, Scalar


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
