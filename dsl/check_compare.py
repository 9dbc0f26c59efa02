"""Comparisons: `<` `>=` `==`, `in`, and the rows of tables."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_mismatch import report_mismatch
from dsl.check_sign import check_sign
from dsl.check_symbols import month_root, symbols_in
from dsl.check_units import aligned
from dsl.fact import Fact
from dsl.kinds import Kind
from dsl.nodes import Compare, Literal, Membership, Row
from dsl.problems import Mark
from dsl.typed import Constant, Table, Typed

EQUAL = kinds.ORDERED | {kinds.SYMBOL, kinds.TEXT, kinds.YES_NO}


def infer_compare(node: Compare, left: Typed, right: Typed, context: Context) -> Typed:
    """Return the comparison, yes or no."""
    result = Typed(node, kinds.YES_NO, (left, right))
    if kinds.ANY in (left.kind, right.kind):
        return result
    sides = aligned(left, right, context)
    if sides is None:
        report_mismatch(f"cannot compare {left.kind} with {right.kind}", left, right, context)
        return result
    allowed = EQUAL if node.op in ("==", "!=") else kinds.ORDERED
    kind = sides[0].kind if sides[0].kind not in kinds.WILD else sides[1].kind
    if kind not in allowed | kinds.WILD:
        context.report(
            "E204",
            f"{kind} cannot be compared with `{node.op}`",
            node.op_span,
            help="write `in` to look something up in a list"
            if kinds.is_list(kind) or kinds.is_table(kind)
            else "write `==` or `!=`",
        )
    check_sign(node, left, right, context)
    _check_months(left, right, context)
    _check_months(right, left, context)
    return Typed(node, kinds.YES_NO, sides)


def infer_membership(node: Membership, item: Typed, container: Typed, context: Context) -> Typed:
    """Return whether an item is in a list, a table or a time range."""
    result = Typed(node, kinds.YES_NO, (item, container))
    if kinds.ANY in (item.kind, container.kind):
        return result
    _check_months(item, container, context)
    wanted = _entry_kind(container.kind)
    if wanted is None:
        context.report(
            "E204",
            f"`in` needs a list, a table or a time range, and this is {container.kind}",
            container.span,
            help="write `==` to compare two values",
        )
    elif wanted in (kinds.ANY, item.kind) or item.kind == kinds.ZERO:
        return result
    elif container.kind == kinds.TIME_RANGE:
        context.report(
            "E201",
            f"cannot look for {item.kind} in a time range",
            item.span,
            f"this is {item.kind}",
            help="write `clock`" if item.kind == kinds.TIME else "",
        )
    else:
        report_mismatch(f"cannot look for {item.kind} in a {container.kind}", item, container, context)
    return result


def _check_months(item: Typed, other: Typed, context: Context) -> None:
    """Report a month compared with anything but the rule's own `symbol`: only a position knows its month."""
    if isinstance(item.ref, Fact) and item.ref.path == "symbol":
        return
    month = next((name for name in symbols_in(other) if month_root(name)), None)
    if month is not None and item.kind == kinds.SYMBOL:
        context.report(
            "E317",
            f"`{month}` names one month, and `{item.span.text}` is a symbol with all its months",
            other.span,
            help=f"write `{month_root(month)}`",
        )


def _entry_kind(container: Kind) -> Kind | None:
    if kinds.is_table(container):
        return kinds.SYMBOL
    if container == kinds.TIME_RANGE:
        return kinds.TIME_OF_DAY
    return container.of if kinds.is_list(container) else None


def infer_row(node: Row, table: Typed, index: Typed, context: Context) -> Typed:
    """Return the row of a table."""
    if kinds.ANY in (table.kind, index.kind):
        return Typed(node, table.kind.of or kinds.ANY, (table, index))
    if not kinds.is_table(table.kind) or table.kind.of is None:
        context.report("E204", f"`[…]` needs a table by symbol, and this is {table.kind}", table.span)
        return Typed(node, kinds.ANY)
    if index.kind != kinds.SYMBOL:
        context.report(
            "E201",
            f"a table is looked up by symbol, and this is {index.kind}",
            index.span,
            help="write `symbol`",
        )
        return Typed(node, table.kind.of, (table, index))
    _check_other(node, table, context)
    return Typed(node, table.kind.of, (table, index))


def _check_other(node: Row, table: Typed, context: Context) -> None:
    """Report a table without `other:`: there is no silent "no limit" for symbols that are not listed."""
    constant = table.ref
    if not isinstance(constant, Constant) or not isinstance(constant.value, Table):
        return
    is_listed = isinstance(node.index, Literal) and node.index.value in constant.value.rows
    if constant.value.other is None and not is_listed:
        context.report(
            "E313",
            f"`{constant.name}` has no row for symbols that are not listed",
            constant.span if constant.name in context.params else table.span,
            marks=(Mark(node.span, "looked up here"),) if constant.name in context.params else (),
            help="add an `other:` row, for example `other: 0 contracts` or `other: unlimited`",
        )
