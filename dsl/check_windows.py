"""Windows of aggregates: `over last 1h`, `over session`, `since reset`."""

from dsl.check_context import Context
from dsl.nodes import WindowNode
from dsl.suggest import nearest
from engine.units import DAY, Duration
from engine.windows import OverLast, Span, SpanStart

OVER = {
    "session": SpanStart.SESSION,
    "trading_day": SpanStart.TRADING_DAY,
    "week": SpanStart.WEEK,
    "month": SpanStart.MONTH,
}
SINCE = {
    "reset": SpanStart.RESET,
    "open": SpanStart.OPEN,
    "start": SpanStart.START,
    "fired": SpanStart.FIRED,
    "payout": SpanStart.PAYOUT,
}
SAME = {"today": "trading_day", "day": "trading_day", "hour": "last 1h", "minute": "last 1m", "year": "month"}


def window_span(window: WindowNode, context: Context) -> Span | None:
    """Return the span of a window, None when there is no such window (reported)."""
    match window.kind:
        case "over_last" if window.length is not None:
            return _rolling(window, window.length, context)
        case "over" if window.name in OVER:
            return OVER[window.name]
        case "since" if window.name in SINCE:
            return _since(window, context)
        case _:
            _report_unknown(window, context)
            return None


def _rolling(window: WindowNode, length: int, context: Context) -> Span | None:
    if length <= 0:
        context.report(
            "E309", "a window must be longer than nothing", window.span, help="write `over last 1h`"
        )
        return None
    if length == DAY:
        context.warn(
            "W402",
            f"`{window.span.text}` is exactly 24 hours, whenever you look",
            window.span,
            help=f"for today write `over trading_day` (it starts at {_start(context)})",
        )
    return OverLast(Duration(length))


def _since(window: WindowNode, context: Context) -> Span | None:
    if window.name == "reset" and not context.has_reset:
        context.report(
            "E310",
            "`since reset` needs a `reset:` in this rule",
            window.span,
            help="add `reset: trading_day`, or write `over trading_day`",
        )
        return None
    return SINCE[window.name]


def _start(context: Context) -> str:
    return f"{context.ruleset.trading_day} {context.ruleset.city} in this ruleset"


def _report_unknown(window: WindowNode, context: Context) -> None:
    is_since = window.kind == "since"
    message = f"there is no window called `{window.name}`"
    help_text = _edit(window, context)
    note = (
        "windows: reset, open, start, fired, payout"
        if is_since
        else "windows: last <duration>, session, trading_day, week, month"
    )
    context.report("E309", message, window.span, help=help_text, notes=(note,))


def _edit(window: WindowNode, context: Context) -> str:
    if window.kind == "since" and window.name in OVER:
        return f"write `over {window.name}`"
    if window.kind == "over" and window.name in SINCE:
        return f"write `since {window.name}`"
    close = nearest(window.name, SINCE if window.kind == "since" else OVER)
    if close:
        return f"did you mean `{'since' if window.kind == 'since' else 'over'} {close}`?"
    if SAME.get(window.name, "").startswith("last"):
        return f"write `over {SAME[window.name]}`"
    return f"write `over trading_day` (it starts at {_start(context)}) or `over last 24h`"
