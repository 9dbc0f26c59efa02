"""`reset:` of a rule: the ruleset's trading day, or a cron expression in a zone."""

import re

from dsl.check_clock_changes import check_clock_changes
from dsl.check_context import Context
from dsl.document_parts import ResetNode
from dsl.problems import Source, Span
from dsl.resets import BadCron, build_reset
from engine.schedule import Reset

TRADING_DAY = "trading_day"
_ONCE_A_DAY = re.compile(r"\d+ +\d+ +\* +\* +\*")


def is_daily(node: ResetNode | None, override: str | None) -> bool:
    """Say whether a rule starts afresh once a day, so that `since the reset` is what people call today."""
    if override is None and (node is None or node.cron is None):
        return node is not None
    text = override if override is not None else node.cron.text if node and node.cron else ""
    return text.strip() == TRADING_DAY or _ONCE_A_DAY.fullmatch(text.strip()) is not None


def check_reset(node: ResetNode | None, override: str | None, rule: str, context: Context) -> Reset | None:
    """Return when the rule starts afresh, None if it never does or if that cannot be read (reported)."""
    if override is not None:
        source = Source(f"set: {rule}.reset", override)
        span = Span(source, 0, len(override))
        if override.strip() == TRADING_DAY:
            return context.ruleset.settings.calendar.trading_day
        tz = node.tz.text if node is not None and node.tz is not None else context.ruleset.tz
        return _cron(override, tz, span, span, context)
    if node is None:
        return None
    if node.cron is None:
        return context.ruleset.settings.calendar.trading_day
    tz = node.tz.text if node.tz is not None else context.ruleset.tz
    return _cron(node.cron.text, tz, node.cron.span, node.tz.span if node.tz else node.cron.span, context)


def _cron(cron: str, tz: str, span: Span, tz_span: Span, context: Context) -> Reset | None:
    try:
        reset = build_reset(cron, tz)
    except BadCron as failure:
        if failure.part == "tz":
            context.report("E505", failure.reason, tz_span, help="write for example `America/Chicago`")
        elif "never" in failure.reason:
            context.report("E504", f"`{cron}` never happens", span, help="write for example `0 17 * * *`")
        else:
            context.report("E506", f"`{cron}` {failure.reason}", span, help="write for example `0 17 * * *`")
        return None
    check_clock_changes(cron, tz, span, context)
    return reset
