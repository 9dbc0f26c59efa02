"""Amounts in actions, and how locks end."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.check_mismatch import EXAMPLES, is_bare, with_unit
from dsl.check_units import as_ticks, fits
from dsl.document_parts import ActionNode
from dsl.kinds import Kind
from dsl.nodes import Node
from dsl.parse import parse_scalar
from dsl.problems import Mark
from dsl.typed import UNLIMITED_VALUE, Constant, Typed
from dsl.yaml_nodes import Scalar, YamlNode


def check_amount(value: YamlNode, kind: Kind | None, what: str, context: Context) -> Typed | None:
    """Return the expression of an amount, None when it cannot be one (reported)."""
    if not isinstance(value, Scalar):
        context.report("E602", f"{what} needs an amount, not a list or a table", value.outer)
        return None
    return amount_of(parse_scalar(value, context.problems, "expression"), kind, what, context)


def amount_of(node: Node, kind: Kind | None, what: str, context: Context) -> Typed | None:
    """Return a node that must be of a kind; None when it is not (reported)."""
    typed = infer(node, context)
    if typed.kind == kinds.ANY:
        return None
    if kind is not None and not fits(typed, kind):
        _report(typed, kind, what, context)
        return None
    constant = typed.ref
    if isinstance(constant, Constant) and isinstance(constant.value, int):
        if constant.value < 0:
            context.report("E610", f"{what} cannot be below zero", constant.span, help="remove the minus")
            return None
        if kind == kinds.DURATION and constant.value >= UNLIMITED_VALUE:
            context.report(
                "E610", f"{what} needs an end", constant.span, help="write a duration, for example `15m`"
            )
            return None
    return as_ticks(typed, context) if kind == kinds.TICKS else typed


def _report(typed: Typed, kind: Kind, what: str, context: Context) -> None:
    example = f"for example `{EXAMPLES[kind]}`" if kind in EXAMPLES else "for example `position.entry_price`"
    constant = typed.ref
    if isinstance(constant, Constant) and constant.name in context.params:
        context.report(
            "E204",
            f"{what} needs {kind}",
            constant.span,
            f"`{constant.name}` is {constant.kind}",
            (Mark(typed.span, "used here"),),
            f"write `{constant.name}` as {kind}, {example}",
        )
        return
    edit = f"write it as {kind}, {example}"
    if is_bare(typed) and isinstance(constant, Constant) and kind is not None:
        edit = f"write `{with_unit(constant, kind)}`"
    context.report("E204", f"{what} needs {kind}", typed.span, f"this is {typed.kind}", help=edit)


def check_lock_end(action: ActionNode, ends: str, context: Context) -> None:
    """Report a lock that never says when it ends, or says it twice."""
    written = [action.options[name] for name in ("until", "for") if name in action.options]
    if len(written) == 2:
        context.report(
            "E609",
            "this lock has two ends",
            written[1].name_span,
            marks=(Mark(written[0].name_span, "the other one"),),
            help="keep `until:` or `for:`",
        )
    elif not written and not ends:
        context.report(
            "E607",
            "this lock never says when it ends",
            action.name_span,
            help="add `until: reset`, `until: manual`, `for: 30m`, or a condition such as `until: account.can_trade`",
        )
