"""From when on fills must be known for every window of every rule to have a value."""

from engine.rule import RuleSet
from engine.units import Instant
from engine.windows import OverLast, SpanStart


def history_needed(rules: RuleSet, now: Instant) -> Instant:
    """Return the earliest instant that a window of the rules, or the trading day itself, reaches back to."""
    calendar = rules.settings.calendar
    starts = [calendar.trading_day.last_before(now)]
    for rule in rules.rules:
        for window in rule.windows.values():
            match window.span:
                case OverLast(length=length):
                    starts.append(Instant(now - length))
                case SpanStart.RESET if rule.reset is not None:
                    starts.append(rule.reset.last_before(now))
                case SpanStart.WEEK:
                    starts.append(calendar.week.last_before(now))
                case SpanStart.MONTH:
                    starts.append(calendar.month.last_before(now))
                case SpanStart.SESSION:
                    opened = calendar.session("").last_open(now)
                    starts.append(opened if opened is not None else now)
                case _:
                    pass
    return min(starts)
