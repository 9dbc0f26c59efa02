"""What the windows of rules cost: the work at each event, and the most memory they can take.

A window that ends with its period (session, day, reset) keeps one value. A rolling one keeps what may still leave
it: at most as many items as can come in that time.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from dsl.aggregates import AGGREGATES
from dsl.check_rule import check_rule
from dsl.checked_rule import CheckedRule
from dsl.problems import Problem, has_errors
from dsl.rule_document import read_rule
from dsl.rule_files import read_source
from dsl.surroundings import info_beside
from dsl.typed import AggregateUse, Typed
from engine.streams import Stream
from engine.units import MINUTE
from engine.windows import OverLast, SpanStart

A_MINUTE = {
    Stream.PLACED: 200,
    Stream.ENTRIES: 200,
    Stream.TRADES: 200,
    Stream.FILLS: 1_000,
    Stream.FIRINGS: 200,
    Stream.DAYS: 1,
}
"""Most items in a minute. Source: the gateway takes 200 requests in 60 s, so no account has more orders; an order is
taken to fill in up to five parts."""

SAMPLES_A_MINUTE = 2_520
"""Most changes of a field that follows quotes. Source: 42 quotes in a second were recorded for the busiest contract."""

BYTES_OF_TIME, BYTES_OF_PAIR = 40, 128
"""Of an item that is only counted, and of one with its value: an int of 32 bytes, a tuple of 56, a slot of 8 each."""

BYTES_OF_FOLD = 8
"""Of each item's share in the fold of its chunk: 64 items have one."""

BYTES_OF_VALUE = 100
"""Of a window that keeps one value, rounded up."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one window. `steps` is the work at one event, in words; `items` the most it holds at a time."""

    text: str
    steps: str
    items: int
    size: int


@dataclass(frozen=True, slots=True)
class RuleCost:
    """The windows of one rule; `each` is of what the rule has one instance."""

    rule: str
    each: str
    windows: tuple[Cost, ...]


def costs_of(files: list[Path]) -> list[RuleCost]:
    """Return the costs of rule files, those with errors left out."""
    found = []
    for path in files:
        source = read_source(path, [])
        document = read_rule(source, []) if source is not None else None
        if document is None:
            continue
        problems: list[Problem] = []
        checked = check_rule(document, info_beside(path), {}, problems)
        if not has_errors(problems):
            found.append(cost_of(checked))
    return found


def cost_of(rule: CheckedRule) -> RuleCost:
    """Return what a rule's windows cost, each written aggregate once."""
    found: dict[str, Cost] = {}
    for expression in (*rule.conditions, *_shown(rule)):
        for part in expression.walk():
            if isinstance(part.ref, AggregateUse):
                text = " ".join(part.span.text.split())
                found.setdefault(text, _cost(text, part.ref))
    document = rule.document
    scope = document.scope.text if document.scope else ""
    name = document.rule.text if document.rule else ""
    each = "the account" if scope in ("account", "trade") else f"each {scope}"
    return RuleCost(name, each, tuple(found.values()))


def _shown(rule: CheckedRule) -> list[Typed]:
    """Return what is worked out only to be shown."""
    found = [rule.gauge.value, rule.gauge.limit] if rule.gauge is not None else []
    messages = [rule.message, rule.warn.message if rule.warn is not None else None]
    return found + [slot for message in messages if message is not None for slot in message.expressions]


def _cost(text: str, use: AggregateUse) -> Cost:
    if use.stream is not None and use.stream.stream is None:
        return Cost(text, f"one for each of the {use.stream.word} there are", 0, 0)
    what = f"each of the {use.stream.word}" if use.stream is not None else "each change"
    match use.span:
        case OverLast(length=length):
            stream = use.stream.stream if use.stream is not None else None
            rate = A_MINUTE[stream] if stream is not None else SAMPLES_A_MINUTE
            items = max(1, -(-rate * length // MINUTE))
            size = items * bytes_of_item(use.word)
            steps = f"one at {what}, one when it leaves"
            if use.word == "drawdown":  # a peak cannot be taken back: `aggregates/folded.py`
                steps = f"two at {what}, one when it leaves"
            return Cost(text, steps, items, size)
        case SpanStart() | None:
            return Cost(text, f"one at {what}", 1, BYTES_OF_VALUE)
        case _:
            assert_never(use.span)


def bytes_of_item(word: str) -> int:
    """Return what one item of a rolling aggregate takes; an average has a count beside it, a drawdown folds."""
    if AGGREGATES[word].counts_items:
        return BYTES_OF_TIME
    return BYTES_OF_PAIR + {"avg": BYTES_OF_TIME, "drawdown": BYTES_OF_FOLD}.get(word, 0)


def size_words(size: int) -> str:
    """Return bytes in words."""
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:,.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:,.1f} MB"


def render_cost(costs: list[RuleCost]) -> str:
    """Return the costs as text: a rule a paragraph, a window a line, the sum last."""
    lines: list[str] = []
    for cost in costs:
        lines.append(f"{cost.rule}: {'no window' if not cost.windows else f'for {cost.each}'}")
        for window in cost.windows:
            held = (
                f"at most {window.items:,} item{'s' if window.items != 1 else ''}, {size_words(window.size)}"
            )
            lines += [
                f"  {window.text}",
                f"    work: {window.steps}; memory: {held if window.items else 'none'}",
            ]
    windows = [window for cost in costs for window in cost.windows]
    total = sum(window.size for window in windows)
    lines.append(
        f"{len(windows)} windows in {len(costs)} rules, at most {size_words(total)} where each has one subject"
    )
    return "\n".join(lines)
