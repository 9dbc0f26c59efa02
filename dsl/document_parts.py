"""The parts of a rule file: parameters, tiers, actions, warnings, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from dsl.nodes import Literal, Node, Value
from dsl.problems import Span
from dsl.yaml_nodes import Scalar, YamlNode


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a sentence."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Param:
    """A value the admin may change, short (`limit: $500`) or long (`{value, min, max, help}`)."""

    name: str
    name_span: Span
    value: Value
    low: Value | None = None
    high: Value | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Let:
    """A named intermediate value."""

    name: str
    name_span: Span
    value: Node


@dataclass(frozen=True, slots=True)
class Option:
    """What stands below an action: `until: reset`."""

    name: str
    name_span: Span
    value: YamlNode


@dataclass(frozen=True, slots=True)
class ActionNode:
    """One item of `then:`. Names, values and options are checked with the tables of actions."""

    name: str
    name_span: Span
    value: YamlNode
    options: Mapping[str, Option]


@dataclass(frozen=True, slots=True)
class TierNode:
    """One step of a ladder."""

    span: Span
    name: Text
    when: Node
    for_: Node | None
    then: tuple[ActionNode, ...]


@dataclass(frozen=True, slots=True)
class WarnNode:
    """The rule's early warning."""

    span: Span
    when: Node
    message: Scalar


@dataclass(frozen=True, slots=True)
class GaugeNode:
    """What the screens draw when it cannot be derived from the condition."""

    span: Span
    value: Node
    limit: Node
    label: Text | None


@dataclass(frozen=True, slots=True)
class ResetNode:
    """When the rule starts afresh: `cron` is None for `trading_day`, `tz` None for the ruleset's zone."""

    key_span: Span
    span: Span
    cron: Text | None
    tz: Text | None


@dataclass(frozen=True, slots=True)
class ExceptionNode:
    """Symbols for which the rule does not apply before a day (`until`, a date), with who said so."""

    span: Span
    symbols: tuple[Literal, ...]
    until: Literal
    by: Text
    reason: Text | None


@dataclass(frozen=True, slots=True)
class StopsNode:
    """How protective stops are judged; what is not written is None."""

    max_distance: Node | None = None
    allow_stop_limit: Literal | None = None
    replace_grace: Literal | None = None
    no_widening: Text | None = None


@dataclass(frozen=True, slots=True)
class SettingsNode:
    """Meanings that a ruleset fixes and a rule may have its own of; what is not written is None.

    `breakeven_band` is the text `fees` or an amount.
    """

    basis: Text | None = None
    trade_is: Text | None = None
    breakeven_band: Text | Literal | None = None
    mark: Text | None = None
    fresh_for: Literal | None = None
    confirm_jump: Literal | None = None
    stops: StopsNode | None = None
