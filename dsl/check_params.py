"""Parameters: their values, bounds, names, and what an account sets instead."""

from collections.abc import Mapping

from dsl import kinds
from dsl.check_context import Context
from dsl.check_names import why_not
from dsl.constants import constant
from dsl.document_parts import Param
from dsl.document_values import read_value
from dsl.kinds import Kind
from dsl.problems import Mark, Problem, Source, Span
from dsl.suggest import did_you_mean
from dsl.typed import Constant
from dsl.yaml_read import read_yaml

RESET = "reset"
"""What an account may set beside parameters: when the rule starts afresh."""


def check_params(rule: str, overrides: Mapping[str, str], context: Context) -> Mapping[str, Constant]:
    """Return the parameters by name, an account's own values in place of the written ones; report what is wrong."""
    values: dict[str, Constant] = {}
    for name, param in context.written.items():
        _check_name(name, param.name_span, context)
        written = constant(param.value, context, name)
        _check_bounds(param, written, context)
        own = overrides.get(name)
        values[name] = written if own is None else _override(rule, param, written, own, context)
    for name in overrides.keys() - values.keys() - {RESET}:
        source = Source(f"set: {rule}.{name}", overrides[name])
        context.problems.append(
            Problem(
                "E315",
                f"the rule `{rule}` has no parameter called `{name}`",
                Span(source, 0, len(source.text)),
                help=did_you_mean(name, values) or f"it has {', '.join(values) or 'none'}",
            )
        )
    return values


def check_let_names(context: Context) -> None:
    """Report names under `let:` that mean something else already."""
    for name, let in context.lets.items():
        _check_name(name, let.name_span, context)
        if name in context.written:
            context.report(
                "E312",
                f"`{name}` is a parameter already",
                let.name_span,
                "second meaning",
                (Mark(context.written[name].name_span, "the parameter"),),
                "give one of them another name",
            )


def _check_name(name: str, span: Span, context: Context) -> None:
    why = why_not(name)
    if why:
        context.used.add(name)  # it has its problem already
        context.report(
            "E312",
            f"`{name}` cannot be a name of your own: it is {why}",
            span,
            help=f"rename it, for example `my_{name}`",
        )


def _check_bounds(param: Param, value: Constant, context: Context) -> None:
    """Report a value outside its own `min` and `max`."""
    for bound, word in ((param.low, "min"), (param.high, "max")):
        if bound is None:
            continue
        limit = constant(bound, context, f"{param.name} {word}")
        if not _is_amount(limit) or not _is_amount(value):
            continue
        if not same_kind(limit.kind, value.kind):
            context.report(
                "E201",
                f"`{word}` is {limit.kind}, but `{param.name}` is {value.kind}",
                limit.span,
                marks=(Mark(value.span, f"this is {value.kind}"),),
                help=f"write `{word}` as {value.kind}",
            )
        elif is_beyond(value, limit, word):
            context.report(
                "E207",
                f"`{param.name}` is {'below' if word == 'min' else 'above'} its own `{word}`",
                value.span,
                marks=(Mark(limit.span, f"the `{word}` is set here"),),
                help=f"write `{limit.text}`, or change `{word}`",
            )


def is_beyond(value: Constant, bound: Constant, word: str) -> bool:
    """Say whether a value is outside one bound."""
    return bool(value.value < bound.value if word == "min" else value.value > bound.value)


def _is_amount(value: Constant) -> bool:
    return (
        isinstance(value.value, int) and value.kind in kinds.AMOUNTS | kinds.WILD and value.kind != kinds.ANY
    )


def same_kind(one: Kind, other: Kind) -> bool:
    """Say whether two values can stand for each other."""
    return one == other or one in kinds.WILD or other in kinds.WILD


def _override(rule: str, param: Param, written: Constant, text: str, context: Context) -> Constant:
    """Return an account's own value, checked against the kind and the bounds of the parameter."""
    source = Source(f"set: {rule}.{param.name}", text)
    node = read_yaml(source, context.problems)
    if node is None:
        return written
    own = constant(read_value(node, context.problems), context, param.name)
    if own.kind != kinds.ANY and not _fits(own.kind, written.kind):
        context.report(
            "E201",
            f"`{rule}.{param.name}` is {written.kind}, and this is {own.kind}",
            own.span,
            f"this is {own.kind}",
            (Mark(written.span, "the rule's own value"),),
            f"write it like `{written.text}`",
        )
        return written
    for bound, word in ((param.low, "min"), (param.high, "max")):
        limit = constant(bound, context, param.name) if bound is not None else None
        if limit is not None and _is_amount(limit) and _is_amount(own) and is_beyond(own, limit, word):
            context.report(
                "E207",
                f"`{rule}.{param.name}` may not be {'below' if word == 'min' else 'above'} `{limit.text}`",
                own.span,
                marks=(Mark(limit.span, f"the rule sets this `{word}`"),),
                help=f"write `{limit.text}`",
            )
    return own


def _fits(own: Kind, written: Kind) -> bool:
    if own.of is not None and written.of is not None and own.name == written.name:
        return _fits(own.of, written.of)
    return same_kind(own, written)
