"""Values known at load: parameters, rows of tables, shared lists, literals in an expression."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_symbols import check_symbol
from dsl.constants_schedule import schedule_constant
from dsl.kinds import Kind, list_of, table_of
from dsl.nodes import Bad, ListOf, Literal, Name, Negative, ScheduleOf, TableOf, Value
from dsl.problems import Mark, Span
from dsl.typed import UNLIMITED_VALUE, Constant, Table

OTHER = "other"


def constant(value: Value, context: Context, name: str = "") -> Constant:
    """Return a value as compiled rules use it; of kind "anything" when something is wrong with it (reported)."""
    match value:
        case Literal():
            return literal_constant(value, context, name)
        case Negative(operand=Literal() as literal):
            positive = literal_constant(literal, context, name)
            negative = -positive.value if isinstance(positive.value, int) else positive.value
            return Constant(positive.kind, negative, value.span, value.span.text, name)
        case ListOf():
            return _list(value, context, name)
        case TableOf():
            return _table(value, context, name)
        case ScheduleOf():
            return schedule_constant(value, context, name)
        case Name():
            return _shared(value, context, name)
        case Bad():
            return nothing(value.span, name)
        case _:
            context.report(
                "E215",
                "a parameter is a value, not a calculation",
                value.span,
                help="write the result, or move it under `let:`",
            )
            return nothing(value.span, name)


def nothing(span: Span, name: str = "") -> Constant:
    """Return what stands for a value that cannot be used; it fits everywhere and stays silent."""
    return Constant(kinds.ANY, None, span, span.text, name)


def literal_constant(literal: Literal, context: Context, name: str = "") -> Constant:
    """Return the value of a literal."""
    if literal.kind == kinds.SYMBOL and not check_symbol(str(literal.value), literal.span, context):
        return nothing(literal.span, name)
    kind: Kind = literal.kind
    value: object = literal.value
    if kind == kinds.UNLIMITED:
        value = UNLIMITED_VALUE
    elif kind == kinds.NUMBER and value == 0:
        kind = kinds.ZERO
    return Constant(kind, value, literal.span, literal.text, name)


def _list(value: ListOf, context: Context, name: str) -> Constant:
    entries = [constant(item, context) for item in value.items]
    kind = _common([(entry.kind, entry.span) for entry in entries], "entries of a list", context)
    return Constant(list_of(kind), tuple(entry.value for entry in entries), value.span, value.span.text, name)


def _table(value: TableOf, context: Context, name: str) -> Constant:
    rows = {row.key: constant(row.value, context) for row in value.rows}
    for row in value.rows:
        check_symbol(row.key, row.key_span, context)
    kind = _common([(row.kind, row.span) for row in rows.values()], "rows of a table", context)
    values = {key: row.value for key, row in rows.items() if key != OTHER}
    other = rows[OTHER].value if OTHER in rows else None
    return Constant(table_of(kind), Table(values, other), value.span, value.span.text, name)


def _common(found: list[tuple[Kind, Span]], what: str, context: Context) -> Kind:
    """Return the one kind of all entries; `0` and `unlimited` fit beside any other."""
    real = [(kind, span) for kind, span in found if kind not in kinds.WILD]
    if not real:
        return found[0][0] if found else kinds.ANY
    first, first_span = real[0]
    odd = next(((kind, span) for kind, span in real if kind != first), None)
    if odd is None:
        return first
    context.report(
        "E213",
        f"the {what} must be of one kind: this is {odd[0]}",
        odd[1],
        marks=(Mark(first_span, f"this is {first}"),),
        help=f"write it as {first}, like the others",
    )
    return kinds.ANY


def _shared(name: Name, context: Context, own: str) -> Constant:
    shared = context.ruleset.lists.get(".".join(name.parts[1:])) if name.parts[0] == "lists" else None
    if shared is None:
        context.report(
            "E215",
            f"a parameter is a value, and `{name.text}` is a name",
            name.span,
            help="write the value here, or use the name in the condition itself",
        )
        return nothing(name.span, own)
    return Constant(shared.kind, shared.value, name.span, name.text, own)
