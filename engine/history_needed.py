"""From when on fills must be known for every window of every rule to have a value."""

from engine.rule import Rule, RuleSet
from engine.units import Instant
from engine.windows import OverLast, Span, SpanStart


def history_needed(rules: RuleSet, now: Instant, started_at: Instant) -> Instant:
    """Return the earliest instant that a window of the rules, or the trading day itself, reaches back to.

    `started_at`: the account's first event, 0 before it.
    """
    starts = [rules.settings.calendar.trading_day.last_before(now)]
    for rule in rules.rules:
        for window in rule.windows.values():
            starts.append(_start(window.span, rules, rule, now, started_at or now))
    return min(starts)


def _start(span: Span, rules: RuleSet, rule: Rule, now: Instant, started_at: Instant) -> Instant:  # noqa: C901  one line a window
    calendar = rules.settings.calendar
    match span:
        case OverLast(length=length):
            return Instant(now - length)
        case SpanStart.RESET if rule.reset is not None:
            return rule.reset.last_before(now)
        case SpanStart.TRADING_DAY:
            return calendar.trading_day.last_before(now)
        case SpanStart.WEEK:
            return calendar.week.last_before(now)
        case SpanStart.MONTH:
            return calendar.month.last_before(now)
        case SpanStart.SESSION | SpanStart.OPEN:
            return calendar.session("").last_open(now) or now
        case SpanStart.PAYOUT:
            payout = (rule.settings or rules.settings).payout
            return min(payout or started_at, now)
        case SpanStart.START | SpanStart.FIRED | SpanStart.RESET:
            return started_at
