"""What is measured, in trading words: `contracts held`, `entries in the last 1h`, `closed loss since the reset`."""

from dsl.fact import Fact
from dsl.say import as_duration
from dsl.typed import AggregateUse, FunctionUse, LetUse, Typed
from engine.windows import OverLast, SpanStart

WINDOWS = {
    SpanStart.RESET: "since the reset",
    SpanStart.SESSION: "this session",
    SpanStart.TRADING_DAY: "today",
    SpanStart.WEEK: "this week",
    SpanStart.MONTH: "this month",
    SpanStart.OPEN: "since the opening",
    SpanStart.START: "since the start",
    SpanStart.FIRED: "since the last time",
    SpanStart.PAYOUT: "since the last payout",
}
ROLLING = {"1m": "this minute", "1h": "this hour"}
RESULTS = {
    "pnl": "closed result",
    "loss": "closed losses",
    "profit": "closed profits",
    "quantity": "contracts",
}
FUNCTIONS = {"loss": "loss", "profit": "profit", "fallback": "result"}
"""Functions that measure the same thing as their argument, with the word that takes the place of `result`."""

AGGREGATES = {
    "max": "highest {}",
    "min": "lowest {}",
    "avg": "average {}",
    "last": "last {}",
    "drawdown": "drawdown of {}",
    "sum": "{}",
}
"""The words of each aggregate; one that is not here is called by its name."""


def label_of(typed: Typed) -> str:
    """Return the words for a measured quantity; for a calculation without any, those that are written."""
    return known_label(typed) or plain(typed)


def known_label(typed: Typed) -> str:
    """Return the words for a quantity, empty where a calculation has none of its own."""
    match typed.ref:
        case Fact() as fact:
            return fact.label
        case LetUse(name=name):
            return known_label(typed.parts[0]) or name.replace("_", " ")
        case FunctionUse(word=word) if word in FUNCTIONS:
            return known_label(typed.parts[0]).replace("result", FUNCTIONS[word])
        case AggregateUse() as use:
            return _aggregate(typed, use)
        case _:
            return ""


def _aggregate(typed: Typed, use: AggregateUse) -> str:
    window, form = window_words(use), AGGREGATES.get(use.word, f"{use.word} {{}}")
    if use.stream is not None and not use.has_value:
        inner = f"{use.stream.word} in a row" if use.word == "streak" else use.stream.word
    elif use.stream is None:
        inner = form.format(known_label(typed.parts[0]))
    else:
        inner = form.format(RESULTS.get(typed.parts[0].span.text, ""))
    return inner if not inner.strip() or inner.endswith(window) else f"{inner} {window}"


def window_words(use: AggregateUse) -> str:
    """Return the time an aggregate looks at, empty for what is now."""
    match use.span:
        case OverLast(length=length):
            written = as_duration(length)
            return ROLLING.get(written, f"in the last {written}")
        case SpanStart() as start:
            return WINDOWS[start]
        case None:
            return ""


def plain(typed: Typed) -> str:
    """Return an expression as it is written, on one line."""
    return " ".join(typed.span.text.split()).replace("_", " ")
