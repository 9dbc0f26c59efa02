"""When a rule starts afresh, when it ends, and for whom it does not hold: `reset`, `expires`, `exceptions`, `tags`."""

from dsl.document_fields import Fields, as_literal, as_text, first_line, items_of
from dsl.document_keys import EXCEPTION_KEYS, RESET_KEYS
from dsl.document_parts import ExceptionNode, ResetNode, Text
from dsl.document_values import only
from dsl.kinds import DATE, SYMBOL
from dsl.nodes import Literal
from dsl.problems import Problem
from dsl.suggest import nearest
from dsl.yaml_nodes import MapNode, Scalar, YamlNode

_TRADING_DAY = "trading_day"


def read_reset(fields: Fields) -> ResetNode | None:
    """Return the reset: the trading day, or a cron text with or without a zone. Its meaning is checked later."""
    entry = fields.entry("reset")
    if entry is None:
        return None
    if isinstance(entry.value, MapNode):
        inner = Fields(entry.value, "`reset`", entry.key_span, fields.problems)
        inner.check(RESET_KEYS, ["cron"])
        cron, tz = inner.text("cron"), inner.text("tz")
        return ResetNode(entry.key_span, entry.value.span, cron, tz) if cron else None
    text = as_text(entry.value, "`reset`", fields.problems)
    if text is None:
        return None
    if text.text == _TRADING_DAY:
        return ResetNode(entry.key_span, text.span, None, None)
    if " " in text.text:
        return ResetNode(entry.key_span, text.span, text, None)
    better = nearest(text.text, [_TRADING_DAY])
    advice = (
        f"did you mean `{better}`?" if better else "write `trading_day`, or a cron text such as `0 17 * * *`"
    )
    fields.problems.append(Problem("E005", f"`reset` cannot be `{text.text}`", text.span, help=advice))
    return None


def read_expires(fields: Fields) -> Literal | None:
    """Return the day on which a rule ends by itself."""
    entry = fields.entry("expires")
    if entry is None:
        return None
    return _day(entry.value, "`expires`", fields.problems)


def read_exceptions(fields: Fields) -> tuple[ExceptionNode, ...]:
    """Return where a rule does not hold for now; each needs an owner and an end."""
    entry = fields.entry("exceptions")
    read = (_exception(item, fields.problems) for item in items_of(entry.value)) if entry else ()
    return tuple(exception for exception in read if exception is not None)


def read_tags(fields: Fields) -> tuple[Text, ...]:
    """Return the words by which people group rules."""
    entry = fields.map.get("tags")
    read = (as_text(item, "a tag", fields.problems) for item in items_of(entry.value)) if entry else ()
    return tuple(tag for tag in read if tag is not None)


def _exception(node: YamlNode, problems: list[Problem]) -> ExceptionNode | None:
    if not isinstance(node, MapNode):
        advice = "write `- {symbols: [CL], until: 2026-10-01, by: maria, reason: hedge book}`"
        problems.append(Problem("E007", "an exception has settings of its own", node.outer, help=advice))
        return None
    fields = Fields(node, "an exception", first_line(node), problems)
    fields.check(EXCEPTION_KEYS, ["symbols", "until", "by"])
    symbols, until, by = fields.entry("symbols"), fields.entry("until"), fields.text("by")
    read = [
        only(as_literal(item, "`symbols`", problems), SYMBOL, "`symbols`", "ES", problems)
        for item in (items_of(symbols.value) if symbols else ())
    ]
    last_day = _day(until.value, "`until`", problems) if until else None
    roots = tuple(symbol for symbol in read if symbol is not None)
    return ExceptionNode(node.span, roots, last_day, by, fields.text("reason")) if last_day and by else None


def _day(node: YamlNode, name: str, problems: list[Problem]) -> Literal | None:
    """Return a date; any other text is reported as no date, not as no amount."""
    if isinstance(node, Scalar) and not node.broken and not node.text[:1].isdigit():
        problems.append(
            Problem(
                "E005",
                f"{name} cannot be `{node.text}`",
                node.span,
                help="write a date, for example `2026-10-01`",
            )
        )
        return None
    return only(as_literal(node, name, problems), DATE, name, "2026-10-01", problems)
