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
}
ROLLING = {"1m": "this minute", "1h": "this hour"}
RESULTS = {
    "pnl": "closed result",
    "loss": "closed losses",
    "profit": "closed profits",
    "quantity": "contracts",
}
FUNCTIONS = {"loss": "loss", "profit": "profit"}
AGGREGATES = {
    "max": "highest {}",
    "min": "lowest {}",
    "avg": "average {}",
    "last": "last {}",
    "drawdown": "drawdown of {}",
    "sum": "{}",
}


def label_of(typed: Typed) -> str:
    """Return the words for a measured quantity."""
    match typed.ref:
        case Fact() as fact:
            return fact.label
        case LetUse():
            return label_of(typed.parts[0])
        case FunctionUse(word=word):
            inner = label_of(typed.parts[0])
            return inner.replace("result", FUNCTIONS[word]) if word in FUNCTIONS else inner
        case AggregateUse() as use:
            return _aggregate(typed, use)
        case _:
            named = next((part for part in typed.parts if part.ref is not None), None)
            return label_of(named) if len(typed.parts) == 1 and named is not None else plain(typed)


def _aggregate(typed: Typed, use: AggregateUse) -> str:
    window = window_words(use)
    if use.word == "count" and use.stream is not None:
        return f"{use.stream.word} {window}".strip()
    if use.word == "streak" and use.stream is not None:
        return f"{use.stream.word} in a row {window}".strip()
    if use.stream is None:
        return f"{AGGREGATES[use.word].format(label_of(typed.parts[0]))} {window}".strip()
    value = plain(typed.parts[0])
    return f"{AGGREGATES[use.word].format(RESULTS.get(value, value))} {window}".strip()


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
