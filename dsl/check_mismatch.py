"""Two kinds that do not go together: which of them to change, and how."""

from dsl import kinds
from dsl.check_context import Context
from dsl.facts import FACTS
from dsl.kinds import Kind
from dsl.nodes import Literal, Negative, Row
from dsl.problems import Mark
from dsl.typed import Constant, Typed

EXAMPLES = {
    kinds.MONEY: "$500",
    kinds.CONTRACTS: "5 contracts",
    kinds.TICKS: "10 ticks",
    kinds.POINTS: "2 points",
    kinds.DURATION: "15m",
    kinds.PERCENT: "40%",
    kinds.NUMBER: "3",
    kinds.TIME_OF_DAY: "08:30",
    kinds.SYMBOL: "ES",
    kinds.TEXT: '"long"',
}
"""How an amount of a kind is written."""


ADVICE = {
    kinds.YES_NO: "it is yes or no by itself: write `{0}`, or `not {0}`",
    kinds.PRICE: "a price goes with ticks or with another price, for example `position.entry_price`",
    kinds.TIME: "compare it with another time, or write `clock` for the time of day",
}
"""What to do where no amount can stand."""


def report_mismatch(message: str, left: Typed, right: Typed, context: Context, code: str = "E201") -> None:
    """Report two values that do not go together, at the one that should change."""
    for changed, other in ((right, left), (left, right)):
        if isinstance(changed.ref, Constant) and changed.ref.name in context.params:
            _at_parameter(code, message, changed, other, context)
            return
        if isinstance(changed.node, Row) and _is_own_table(changed, context):
            _at_table(code, message, changed, other, context)
            return
    changed, other = (left, right) if _is_literal(left) and not _is_literal(right) else (right, left)
    context.report(
        code,
        message,
        changed.span,
        f"this is {changed.kind}",
        (Mark(other.span, f"this is {other.kind}"),),
        _help(changed, other),
    )


def _is_own_table(row: Typed, context: Context) -> bool:
    table = row.parts[0].ref if row.parts else None
    return isinstance(table, Constant) and table.name in context.params


def _at_table(code: str, message: str, row: Typed, other: Typed, context: Context) -> None:
    """Point at the table whose rows have the wrong unit."""
    table = row.parts[0].ref
    assert isinstance(table, Constant), "the caller looked"
    example = (
        f"for example `ES: {EXAMPLES[other.kind]}`" if other.kind in EXAMPLES else "or compare another field"
    )
    context.report(
        code,
        message,
        table.span,
        f"the rows of `{table.name}` are {row.kind}",
        (Mark(other.span, f"this is {other.kind}"), Mark(row.span, "used here")),
        f"give each row of `{table.name}` a unit, {example}",
    )


def _at_parameter(code: str, message: str, changed: Typed, other: Typed, context: Context) -> None:
    """Point at the parameter, where the unit is missing, not at its use."""
    constant = changed.ref
    assert isinstance(constant, Constant), "the caller looked"
    if kinds.is_list(constant.kind) or kinds.is_table(constant.kind) or other.kind not in EXAMPLES:
        help_text = _help(changed, other)
    elif constant.kind in (kinds.NUMBER, kinds.ZERO):
        help_text = (
            f"give `{constant.name}` a unit, for example `{constant.name}: {with_unit(constant, other.kind)}`"
        )
    else:
        help_text = (
            f"write `{constant.name}` as {other.kind}, for example `{constant.name}: {EXAMPLES[other.kind]}`"
        )
    context.report(
        code,
        message,
        constant.span,
        f"`{constant.name}` is {constant.kind}",
        (Mark(other.span, f"this is {other.kind}"), Mark(changed.span, "used here")),
        help_text,
    )


def with_unit(constant: Constant, kind: Kind) -> str:
    """Return an amount written without a unit as one of `kind`."""
    bare = constant.text.strip().rstrip("%").strip()
    match kind:
        case kinds.MONEY if bare.startswith("-"):
            return f"-${bare[1:]}"
        case kinds.MONEY:
            return f"${bare}"
        case kinds.CONTRACTS:
            return f"{bare} contract" if bare == "1" else f"{bare} contracts"
        case kinds.TICKS:
            return f"{bare} tick" if bare == "1" else f"{bare} ticks"
        case kinds.DURATION:
            return f"{bare}m"
        case kinds.PERCENT:
            return f"{bare}%"
        case _:
            return EXAMPLES.get(kind, bare)


def _help(changed: Typed, other: Typed) -> str:
    """Return the edit: another field for the amount that was written, or another amount for the field."""
    if other.kind not in EXAMPLES:
        return ADVICE.get(other.kind, "").format(other.span.text)
    if is_bare(changed):
        assert isinstance(changed.ref, Constant), "a literal is a constant"
        return f"write `{with_unit(changed.ref, other.kind)}`"
    sibling = _sibling(other, changed.kind)
    if sibling:
        return f"for {changed.kind} compare `{sibling}`; for {other.kind} write `{EXAMPLES[other.kind]}`"
    return f"write it as {other.kind}, for example `{EXAMPLES[other.kind]}`"


def _is_literal(value: Typed) -> bool:
    node = value.node.operand if isinstance(value.node, Negative) else value.node
    return isinstance(node, Literal)


def is_bare(value: Typed) -> bool:
    """Say whether a value is a number written without a unit."""
    return _is_literal(value) and isinstance(value.ref, Constant) and value.kind == kinds.NUMBER


def _sibling(value: Typed, kind: Kind) -> str:
    """Return the field of the same family and topic that has this kind: `open_profit` for `profit_ticks`."""
    path = value.span.text
    if path not in FACTS:
        return ""
    family, _, name = path.partition(".")
    words = set(name.split("_"))
    alike = [
        each
        for each, fact in FACTS.items()
        if each.startswith(f"{family}.")
        and fact.kind == kind
        and words & set(each[len(family) + 1 :].split("_"))
    ]
    return min(alike, key=lambda each: (".open_" not in each, each), default="")
