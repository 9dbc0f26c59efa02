"""Aggregates: a stream or a field, what is taken of it, and over which time."""

from dsl import kinds
from dsl.aggregates import AGGREGATES, Aggregate
from dsl.check_context import Context
from dsl.check_windows import window_span
from dsl.fact import Fact
from dsl.kinds import Kind
from dsl.nodes import Arg, Call, Name
from dsl.streams import STREAMS, StreamSpec
from dsl.suggest import did_you_mean
from dsl.typed import AggregateUse, FunctionUse, Typed
from engine.windows import Span

ENDLESS = {"count": "counts every event ever seen", "streak": "looks at every event ever seen"}


def stream_of(arg: Arg) -> str | None:
    """Return the stream that an argument names: `trades`, `pnl of trades`; None for a field of the rule itself."""
    if arg.of is not None:
        return arg.of
    return arg.value.text if isinstance(arg.value, Name) and arg.value.text in STREAMS else None


def infer_aggregate(node: Call, value: Typed | None, where: Typed | None, context: Context) -> Typed:
    """Return an aggregate with its kind. `value` is None when items are counted."""
    arg, spec = node.args[0], AGGREGATES[node.function]
    word = stream_of(arg)
    stream = STREAMS.get(word) if word is not None else None
    nothing = Typed(node, kinds.ANY)
    if stream is None and (word is not None or value is None):
        _unknown_stream(arg, word or arg.value.span.text, context)
        return nothing
    usable = _check_value(node, spec, stream, value, context)
    usable = _check_where(node, stream, where, context) and usable
    usable = _check_parts(node, stream, value, where, context) and usable
    found = _window(node, stream, context)
    if not usable or found is None:
        return nothing
    kind = spec.gives or (value.kind if value is not None else kinds.ANY)
    use = AggregateUse(node.function, spec, stream, found[0], value is not None, where is not None)
    return Typed(node, kind, tuple(part for part in (value, where) if part is not None), use)


def _unknown_stream(arg: Arg, word: str, context: Context) -> None:
    context.report(
        "E304",
        f"there is no stream called `{word}`",
        arg.of_span or arg.span,
        help=did_you_mean(word, STREAMS),
        notes=(f"streams: {', '.join(STREAMS)}",),
    )


def _check_value(
    node: Call, spec: Aggregate, stream: StreamSpec | None, value: Typed | None, context: Context
) -> bool:
    arg = node.args[0]
    if spec.counts_items:
        if stream is not None and value is None:
            return True
        words = arg.of or "trades"
        context.report(
            "E305",
            f"`{node.function}` takes a stream",
            arg.value.span,
            help=f"write `{node.function}({words} …)`",
        )
        return False
    if stream is not None and value is None:
        field = next(iter(stream.fields))
        context.report(
            "E305",
            f"`{node.function}` needs a field of {stream.word}",
            arg.value.span,
            help=f"write `{node.function}({field} of {stream.word} …)`",
        )
        return False
    assert value is not None, "a field of the rule itself is a value"
    if stream is None and spec.sample is None:
        context.report(
            "E305",
            f"`{node.function}` needs a stream; a field has one value at a time",
            arg.value.span,
            help=f"write `{node.function}(pnl of trades …)`, or use `min`, `max` or `last`",
        )
        return False
    return _check_kind(node, spec, value.kind, value, context)


def _check_kind(node: Call, spec: Aggregate, kind: Kind, value: Typed, context: Context) -> bool:
    allowed = {spec.takes} if spec.takes is not None else kinds.AMOUNTS | {kinds.PRICE}
    if kind in allowed | kinds.WILD:
        return kind != kinds.ANY
    what = spec.takes or "an amount"
    context.report(
        "E204", f"`{node.function}` needs {what}, and this is {kind}", value.span, f"this is {kind}"
    )
    return False


def _check_where(node: Call, stream: StreamSpec | None, where: Typed | None, context: Context) -> bool:
    if where is None:
        return True
    if stream is None:
        context.report("E305", "`where` chooses items of a stream, and this is a field", where.span)
        return False
    if where.kind not in (kinds.YES_NO, kinds.ANY):
        context.report("E205", f"`where` needs a yes or no, and this is {where.kind}", where.span)
        return False
    return where.kind != kinds.ANY


def _check_parts(
    node: Call, stream: StreamSpec | None, value: Typed | None, where: Typed | None, context: Context
) -> bool:
    """Report an aggregate inside another, and what is true now among past items, which must always count the same."""
    inner = [part for outer in (value, where) if outer is not None for part in outer.walk()]
    nested = next((part for part in inner if isinstance(part.ref, AggregateUse)), None)
    if nested is not None:
        context.report(
            "E305", "an aggregate cannot stand inside another", nested.span, help="use two conditions"
        )
        return False
    is_past = stream is not None and stream.stream is not None
    current = next((part for part in inner if _is_current(part)), None) if is_past else None
    if current is not None and stream is not None:
        context.report(
            "E314",
            f"`{current.span.text}` is what is true now, but {stream.word} are past events",
            current.span,
            help=f"use fields of {stream.word}: {', '.join(stream.fields)}",
        )
        return False
    return True


def _is_current(part: Typed) -> bool:
    if isinstance(part.ref, FunctionUse):
        return part.ref.signature.needs_facts
    return isinstance(part.ref, Fact)


def _window(node: Call, stream: StreamSpec | None, context: Context) -> tuple[Span | None] | None:
    """Return the span in a tuple (None inside: over what is now), or None when it is wrong (reported)."""
    arg = node.args[0]
    if stream is not None and stream.stream is None:
        if arg.window is None:
            return (None,)
        context.report(
            "E307",
            f"`{stream.word}` is what is there now, so it takes no time",
            arg.window.span,
            help=f"remove `{arg.window.span.text}`",
        )
        return None
    if arg.window is None:
        inner = node.args[0].value.span.text if arg.of is None else f"{arg.value.span.text} of {arg.of}"
        context.report(
            "E308",
            f"`{node.function}({inner} …)` has no time limit",
            node.span,
            ENDLESS.get(node.function, "takes every event ever seen"),
            help="say which ones: `over last 1h`, `over session`, `over trading_day` or `since reset`",
        )
        return None
    span = window_span(arg.window, context)
    return None if span is None else (span,)
