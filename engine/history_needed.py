"""From when on fills must be known for every window of every rule to have a value."""

from engine.rule import Rule, RuleSet
from engine.state import State
from engine.units import MINUTE, Instant
from engine.windows import OverLast, Span, SpanStart

OVERLAP = 5 * MINUTE
"""How far back fills are read again beyond the last complete view (`signalr-notes.md` 4.8)."""


QUARTER = 15 * MINUTE
"""How often the whole trading day is read again: for one busy account some hundred rows."""


def fills_needed(state: State, rules: RuleSet, now: Instant) -> Instant:
    """Return from when on fills are to be read: what the rules look back on, or only the latest where that is known.

    What came since the last view is always among them, also across the beginning of a trading day. The first reading of
    each quarter of an hour goes back over the trading day: a trade that the venue voids or charges later, in a message
    that was lost, is found by nothing else.
    """
    needed, synced = history_needed(rules, now, state.started_at), state.synced_at
    if synced is None or (state.ledger.known_since or now) > needed:
        return needed
    is_first = synced // QUARTER != now // QUARTER
    latest = rules.settings.calendar.trading_day.last_before(now) if is_first else synced
    return Instant(min(latest, synced) - OVERLAP)


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
