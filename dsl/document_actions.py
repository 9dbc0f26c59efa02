"""What a rule does and says: `then`, `tiers`, `warn`, `gauge`."""

from dataclasses import replace
from types import MappingProxyType

from dsl.document_fields import Fields, first_line
from dsl.document_keys import GAUGE_KEYS, TIER_KEYS, WARN_KEYS
from dsl.document_parts import ActionNode, GaugeNode, Option, TierNode, WarnNode
from dsl.nodes import Bad
from dsl.problems import Mark, Problem
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode

_EXAMPLE = "write `- flatten: account`"


def read_then(entry: Entry, problems: list[Problem]) -> tuple[ActionNode, ...]:
    """Return the actions of a list; what is none is reported and left out."""
    if not isinstance(entry.value, ListNode):
        advice = "begin each action with `- `, for example `- flatten: account`"
        problems.append(Problem("E007", "`then` is a list of actions", entry.value.outer, help=advice))
        return ()
    actions = (_action(item, problems) for item in entry.value.items)
    return tuple(action for action in actions if action is not None)


def read_tiers(entry: Entry, problems: list[Problem]) -> tuple[TierNode, ...]:
    """Return the steps of a ladder; two with one name are reported."""
    if not isinstance(entry.value, ListNode):
        advice = "begin each step with `- name:`, and put its `when:` and `then:` below"
        problems.append(Problem("E007", "`tiers` is a list of steps", entry.value.outer, help=advice))
        return ()
    read = (_tier(item, problems) for item in entry.value.items)
    tiers = tuple(tier for tier in read if tier is not None)
    seen: dict[str, TierNode] = {}
    for tier in tiers:
        first = seen.setdefault(tier.name.text, tier)
        if first is not tier:
            mark = Mark(first.name.span, "first here")
            message = f"two tiers are called `{tier.name.text}`"
            problems.append(
                Problem("E003", message, tier.name.span, "second here", (mark,), "give each its own name")
            )
    return tiers


def read_warn(fields: Fields) -> WarnNode | None:
    """Return the early warning of a rule."""
    node = fields.map_of("warn", "`when:` and `message:` below it")
    if node is None:
        return None
    inner = Fields(node, "`warn`", fields.entry_span("warn"), fields.problems)
    inner.check(WARN_KEYS, WARN_KEYS)
    when, message = inner.expression("when", "condition"), read_message(inner)
    return WarnNode(node.span, when or Bad(node.span), message) if message else None


def read_gauge(fields: Fields) -> GaugeNode | None:
    """Return what the screens draw for a rule."""
    node = fields.map_of("gauge", "`value:` and `limit:` below it")
    if node is None:
        return None
    inner = Fields(node, "`gauge`", fields.entry_span("gauge"), fields.problems)
    inner.check(GAUGE_KEYS, ["value", "limit"])
    value, limit = inner.expression("value"), inner.expression("limit")
    return GaugeNode(node.span, value or Bad(node.span), limit or Bad(node.span), inner.text("label"))


def read_message(fields: Fields) -> Scalar | None:
    """Return the text of a message as it stands; what it names is checked later."""
    text, entry = fields.text("message"), fields.map.get("message")
    return entry.value if text and entry and isinstance(entry.value, Scalar) else None


def _action(node: YamlNode, problems: list[Problem]) -> ActionNode | None:
    if not isinstance(node, MapNode) or not node.entries:
        is_word = isinstance(node, Scalar) and node.text.isidentifier()
        advice = f"write `- {node.outer.text}: account`" if is_word else _EXAMPLE
        problems.append(Problem("E007", "an action is a name with a value", node.outer, help=advice))
        return None
    first, *rest = node.entries
    if isinstance(first.value, Scalar) and first.value.is_empty and not first.value.broken:
        problems.append(Problem("E012", f"`{first.key}:` has no value", first.key_span, help=_EXAMPLE))
        return None
    options = {entry.key: _option(entry, problems) for entry in rest}
    return ActionNode(first.key, first.key_span, first.value, MappingProxyType(options))


def _option(entry: Entry, problems: list[Problem]) -> Option:
    """Return an option; one without a value is reported, and broken so that nothing else is said about it."""
    value = entry.value
    if isinstance(value, Scalar) and value.is_empty and not value.broken:
        advice = "write one, or delete the line"
        problems.append(Problem("E012", f"`{entry.key}:` has no value", entry.key_span, help=advice))
        value = replace(value, broken=True)
    return Option(entry.key, entry.key_span, value)


def _tier(node: YamlNode, problems: list[Problem]) -> TierNode | None:
    if not isinstance(node, MapNode):
        advice = "write `name:`, `when:` and `then:` below each other"
        problems.append(Problem("E007", "a tier has settings of its own", node.outer, help=advice))
        return None
    fields = Fields(node, "a tier", first_line(node), problems)
    fields.check(TIER_KEYS, ["name", "when", "then"])
    name, when, hold, then = (
        fields.text("name"),
        fields.expression("when", "condition"),
        None,
        fields.entry("then"),
    )
    hold = fields.expression("for")
    actions = read_then(then, problems) if then else ()
    return TierNode(node.span, name, when or Bad(node.span), hold, actions) if name else None
