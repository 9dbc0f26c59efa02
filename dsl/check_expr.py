"""The checker's walk: every node of an expression gets its kind, or a problem is reported and it stays silent."""

from dsl import kinds
from dsl.aggregates import AGGREGATES
from dsl.check_aggregates import infer_aggregate, stream_of
from dsl.check_arithmetic import infer_binary, infer_negative
from dsl.check_calls import infer_call
from dsl.check_compare import infer_compare, infer_membership, infer_row
from dsl.check_context import Context
from dsl.check_names import infer_name
from dsl.constants import literal_constant
from dsl.functions import FUNCTIONS
from dsl.kinds import list_of
from dsl.nodes import (
    Bad,
    Binary,
    Call,
    Compare,
    ListOf,
    Literal,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Row,
)
from dsl.streams import STREAMS
from dsl.suggest import did_you_mean
from dsl.typed import Constant, Typed


def infer(node: Node, context: Context) -> Typed:  # noqa: C901  one line a kind of node
    """Return the node with its kind and what it refers to. Depth is limited by the parser."""
    match node:
        case Literal():
            constant = literal_constant(node, context)
            return Typed(node, constant.kind, (), constant)
        case Name():
            return infer_name(node, context)
        case Call():
            return _call(node, context)
        case Binary():
            return infer_binary(node, infer(node.left, context), infer(node.right, context), context)
        case Negative():
            return infer_negative(node, infer(node.operand, context), context)
        case Compare():
            return infer_compare(node, infer(node.left, context), infer(node.right, context), context)
        case Logic():
            return Typed(
                node, kinds.YES_NO, tuple(condition(each, context, f"`{node.op}`") for each in node.operands)
            )
        case Not():
            return Typed(node, kinds.YES_NO, (condition(node.operand, context, "`not`"),))
        case Membership():
            return infer_membership(node, infer(node.item, context), infer(node.container, context), context)
        case Row():
            return infer_row(node, infer(node.table, context), infer(node.index, context), context)
        case ListOf():
            return _list(node, context)
        case Bad():
            return Typed(node, kinds.ANY)


def condition(node: Node, context: Context, what: str) -> Typed:
    """Return a node that must be a yes or no; `what` says who needs it."""
    typed = infer(node, context)
    if typed.kind not in (kinds.YES_NO, kinds.ANY):
        context.report(
            "E205",
            f"{what} needs a yes or no, and this is {typed.kind}",
            node.span,
            f"this is {typed.kind}",
            help="compare it with something, for example `>= $500`" if typed.kind == kinds.MONEY else "",
        )
    return typed


def _list(node: ListOf, context: Context) -> Typed:
    parts = tuple(infer(item, context) for item in node.items)
    real = [part.kind for part in parts if part.kind not in kinds.WILD]
    kind = real[0] if real else (parts[0].kind if parts else kinds.ANY)
    odd = next((part for part in parts if part.kind not in kinds.WILD and part.kind != kind), None)
    if odd is not None:
        context.report(
            "E213",
            f"the entries of a list must be of one kind: this is {odd.kind}",
            odd.span,
            help=f"write it as {kind}",
        )
        return Typed(node, kinds.ANY, parts)
    constants = [part.ref for part in parts if isinstance(part.ref, Constant)]
    if len(constants) == len(parts):
        values = tuple(constant.value for constant in constants)
        return Typed(node, list_of(kind), (), Constant(list_of(kind), values, node.span, node.span.text))
    return Typed(node, list_of(kind), parts)


def _call(node: Call, context: Context) -> Typed:
    """Tell functions from aggregates: `max(x, y)` is one, `max(x since start)` the other."""
    word = node.function
    if word in AGGREGATES and _is_aggregate(node):
        return _aggregate(node, context)
    if word in FUNCTIONS:
        return _function(node, context)
    if word in AGGREGATES:
        context.report(
            "E305", f"`{word}` takes one argument", node.span, help=f"write `{word}(… over last 1h)`"
        )
        return Typed(node, kinds.ANY)
    words = [*FUNCTIONS, *AGGREGATES]
    context.report(
        "E303",
        f"there is no function called `{word}`",
        node.name_span,
        "unknown function",
        help=did_you_mean(word, words),
        notes=("see `risk functions`",),
    )
    return Typed(node, kinds.ANY)


def _is_aggregate(node: Call) -> bool:
    if len(node.args) != 1:
        return node.function not in FUNCTIONS and len(node.args) == 1
    arg = node.args[0]
    has_parts = arg.window is not None or arg.of is not None or arg.where is not None
    return has_parts or node.function not in FUNCTIONS or stream_of(arg) is not None


def _function(node: Call, context: Context) -> Typed:
    for arg in node.args:
        extra = arg.window or arg.where
        if extra is not None or arg.of_span is not None:
            span = extra.span if extra is not None else arg.of_span
            assert span is not None, "one of the two is there"
            context.report(
                "E305",
                f"`{node.function}` is a function here and takes plain values",
                span,
                help="remove this part",
            )
            return Typed(node, kinds.ANY)
    if node.function in AGGREGATES and len(node.args) == 1:
        context.report(
            "E308",
            f"`{node.function}({node.args[0].span.text} …)` has no time limit",
            node.span,
            "takes every value ever seen",
            help=f"say since when: `since start`, `over session`; or compare two: `{node.function}(x, y)`",
        )
        return Typed(node, kinds.ANY)
    return infer_call(node, tuple(infer(arg.value, context) for arg in node.args), context)


def _aggregate(node: Call, context: Context) -> Typed:
    arg = node.args[0]
    word = stream_of(arg)
    inner = context.inside(STREAMS.get(word)) if word is not None else context
    is_item = word is not None and arg.of is None
    if word is not None and word not in STREAMS:
        return infer_aggregate(node, None, None, context)
    if word is None and AGGREGATES[node.function].counts_items and isinstance(arg.value, Name):
        return infer_aggregate(node, None, None, context)
    value = None if is_item else infer(arg.value, inner)
    where = infer(arg.where, inner) if arg.where is not None else None
    return infer_aggregate(node, value, where, context)
