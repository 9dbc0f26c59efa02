"""Expressions read back in English, from the checked tree: meaning, not syntax."""

from collections.abc import Callable, Mapping
from operator import add, sub

from dsl import kinds
from dsl.describe_functions import function_words, opposite_words
from dsl.fact import Fact
from dsl.labels import known_label, window_words
from dsl.nodes import Binary, Compare, Logic, Membership, Negative, Not, Row
from dsl.operations import divide, multiply
from dsl.say import say
from dsl.typed import AggregateUse, Constant, FunctionUse, ItemField, LetUse, Table, Typed

COMPARED = {
    ">=": "is at least",
    ">": "is above",
    "<=": "is at most",
    "<": "is below",
    "==": "is",
    "!=": "is not",
}
FLIPPED = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "!=", "!=": "=="}
LONG = 40
"""Parts of a named condition from which on its name is said instead: names made of names would double each time."""

PLURAL = frozenset(
    {"contracts", "entries", "trades", "fills", "firings", "ticks", "orders", "days", "placed"}
)
"""First words of labels that stand for many."""

FOLDED: Mapping[str, Callable[[int, int], int | None]] = {"+": add, "-": sub, "*": multiply, "/": divide}
CALCULATED = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


def words_of(typed: Typed) -> str:  # noqa: C901  one line a kind of node
    """Return an expression in English."""
    if typed.ref is not None:
        return _reference(typed)
    match typed.node:
        case Compare(op=op):
            return compared(typed, op)
        case Logic(op=op):
            return f" {op} ".join(_operand(part, op) for part in typed.parts)
        case Not():
            return negated(typed.parts[0])
        case Membership():
            return _membership(typed, typed.node.negated)
        case Binary(op=op):
            folded = _folded(typed)
            if folded is not None:
                return say(typed.kind, folded)
            return f"{_operand(typed.parts[0])} {CALCULATED[op]} {_operand(typed.parts[1])}"
        case Negative():
            return f"minus {_operand(typed.parts[0])}"
        case Row():
            return _row(typed)
        case _:
            return " ".join(typed.span.text.split())


def compared(typed: Typed, op: str) -> str:
    """Return a comparison: `the contracts held are above 5 contracts`."""
    left, right = typed.parts
    first, second = words_of(left), words_of(right)
    if right.kind == kinds.ZERO and left.kind in kinds.AMOUNTS:
        second = say(left.kind, 0)
    verb = COMPARED[op]
    if _bare(first).partition(" ")[0] in PLURAL:
        verb = verb.replace("is", "are", 1)
    return f"{first} {verb} {second}"


def negated(typed: Typed) -> str:
    """Return the opposite of a condition."""
    if isinstance(typed.ref, LetUse):
        return negated(typed.parts[0])
    if isinstance(typed.node, Compare):
        return compared(typed, FLIPPED[typed.node.op])
    if isinstance(typed.node, Membership):
        return _membership(typed, not typed.node.negated)
    if isinstance(typed.node, Not):
        return words_of(typed.parts[0])
    words = opposite_words(typed.ref.word, parts_of(typed)) if isinstance(typed.ref, FunctionUse) else None
    return words or f"not ({words_of(typed)})"


def parts_of(typed: Typed) -> list[str]:
    """Return the parts of an expression in English."""
    return [words_of(part) for part in typed.parts]


def _folded(typed: Typed) -> int | None:
    """Return the value of a calculation with constants only, None for any other."""
    if isinstance(typed.ref, Constant):
        return typed.ref.value if isinstance(typed.ref.value, int) else None
    if not isinstance(typed.node, Binary) or typed.kind not in kinds.AMOUNTS:
        return None
    values = [_folded(part) for part in typed.parts]
    left, right = values[0], values[1]
    if left is None or right is None:
        return None
    return FOLDED[typed.node.op](left, right)


def _operand(part: Typed, op: str = "") -> str:
    """Return an operand, in brackets where the words alone would be read otherwise."""
    inner = part
    while isinstance(inner.ref, LetUse) and inner.kind == kinds.YES_NO:
        inner = inner.parts[0]
    is_mixed = isinstance(inner.node, Logic) and inner.ref is None and inner.node.op != op
    is_nested = isinstance(inner.node, Binary) and inner.ref is None
    return f"({words_of(part)})" if is_mixed or is_nested else words_of(part)


def _reference(typed: Typed) -> str:
    match typed.ref:
        case Constant():
            return _constant(typed.ref)
        case Fact() as fact:
            return (
                fact.label
                if fact.kind == kinds.YES_NO or fact.path == "symbol"
                else f"the {_bare(fact.label)}"
            )
        case ItemField(name=name):
            return name.replace("_", " ")
        case LetUse(name=name):
            value = typed.parts[0]
            label = known_label(value)
            if value.kind == kinds.YES_NO and len(value.walk()) <= LONG:
                return words_of(value)
            return f"the {label or name.replace('_', ' ')}"
        case FunctionUse(word=word):
            return function_words(word, parts_of(typed), known_label(typed))
        case AggregateUse():
            return f"the {known_label(typed) or _total(typed)}{_where(typed)}"
        case _:
            return words_of(typed.parts[0])


def _total(typed: Typed) -> str:
    """Return an aggregate over a calculation: `sum of signed quantity times ... of all positions`."""
    use = typed.ref
    assert isinstance(use, AggregateUse), "the caller looked"
    of = f" of all {use.stream.word}" if use.stream is not None else ""
    return f"{use.word} of {words_of(typed.parts[0])}{of} {window_words(use)}".strip()


def _where(typed: Typed) -> str:
    use = typed.ref
    if not isinstance(use, AggregateUse) or not use.has_where:
        return ""
    return f" (only where {words_of(typed.parts[-1])})"


def _bare(label: str) -> str:
    return label.removeprefix("the ")


def _constant(constant: Constant) -> str:
    if constant.kind == kinds.SCHEDULE:
        return f"the {constant.name.replace('_', ' ')}"
    if isinstance(constant.value, Table):
        rows = [
            f"{root} {say(constant.kind.of or kinds.NUMBER, row)}"
            for root, row in constant.value.rows.items()
        ]
        if constant.value.other is not None:
            rows.append(f"any other {say(constant.kind.of or kinds.NUMBER, constant.value.other)}")
        return ", ".join(rows)
    return say(constant.kind, constant.value)


def _membership(typed: Typed, is_negated: bool) -> str:
    item, container = typed.parts
    if container.kind == kinds.TIME_RANGE:
        return f"{words_of(item)} is {'not ' if is_negated else ''}within {words_of(container)}"
    return f"{words_of(item)} is {'none' if is_negated else 'one'} of {words_of(container)}"


def _row(typed: Typed) -> str:
    table, index = typed.parts
    name = table.ref.name if isinstance(table.ref, Constant) and table.ref.name else table.span.text
    return f"the {words_of(index)}'s row in {name.replace('_', ' ')}"
