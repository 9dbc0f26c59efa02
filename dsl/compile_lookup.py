"""`in` and rows of tables, compiled."""

from typing import Any

from dsl import kinds
from dsl.check_symbols import month_root
from dsl.compile_source import Code, Function, constant
from dsl.fact import Fact
from dsl.operations import is_among, is_within, row_of_symbol, symbol_is_among
from dsl.typed import Constant, Table, Typed


def compile_membership(typed: Typed, negated: bool, parts: list[Code], function: Function) -> Code:
    """Return whether an item is in a list, the own rows of a table, or a time range."""
    item, container = parts
    word = "not in" if negated else "in"
    if typed.parts[1].kind == kinds.TIME_RANGE:
        name = function.module.name_for(is_within, "is_within")
        start, end = container.value
        return _guarded(item, f"{'not ' if negated else ''}{name}({item.text}, {start:_}, {end:_})", function)
    if not container.is_constant:
        return _among_unknown(item, container, negated, function)
    entries = _entries(container.value)
    own = typed.parts[1].ref
    hint = own.name if isinstance(own, Constant) and own.name else "entries"
    if item.is_constant:
        return constant((item.value in entries) is not negated, function.module)
    name = function.module.name_for(entries, hint)
    if _is_own_symbol(typed.parts[0]) and any(month_root(str(entry)) for entry in entries):
        return _own_among(name, negated, function)
    return _guarded(item, f"{item.text} {word} {name}", function)


def _own_among(name: str, negated: bool, function: Function) -> Code:
    helper = function.module.name_for(symbol_is_among, "symbol_is_among")
    return Code(f"({'not ' if negated else ''}{helper}(f, {name}))")


def own_month(typed: Typed) -> str | None:
    """Return the month that a position's own symbol is compared with (`symbol == ESZ6`), None for any other."""
    for own, other in (typed.parts, typed.parts[::-1]):
        if _is_own_symbol(own) and isinstance(other.ref, Constant) and month_root(str(other.ref.value)):
            return str(other.ref.value)
    return None


def compile_month(month: str, negated: bool, function: Function) -> Code:
    """Return whether the position is in a month."""
    return _own_among(function.module.name_for(frozenset({month}), "month"), negated, function)


def _entries(value: Any) -> frozenset[Any]:
    return frozenset(value.rows if isinstance(value, Table) else value)


def _is_own_symbol(typed: Typed) -> bool:
    return isinstance(typed.ref, Fact) and typed.ref.path == "symbol"


def _guarded(item: Code, text: str, function: Function) -> Code:
    if item.may_be_none:
        return function.hold(f"None if {item.text} is None else {text}", may_be_none=True)
    return Code(f"({text})")


def _among_unknown(item: Code, container: Code, negated: bool, function: Function) -> Code:
    """Return the answer for a list whose entries are worked out at run time."""
    name = function.module.name_for(is_among, "is_among")
    unknown = [f"{code.text} is None" for code in (item, container) if code.may_be_none]
    text = f"{name}({item.text}, {container.text})"
    if unknown:
        text = f"None if {' or '.join(unknown)} else {text}"
    found = function.hold(text, may_be_none=True)
    if not negated:
        return found
    return function.hold(f"None if {found.text} is None else not {found.text}", may_be_none=True)


def compile_row(typed: Typed, parts: list[Code], function: Function) -> Code:
    """Return the row of a table: that of the symbol, else `other`."""
    table, index = parts
    rows: Table = table.value
    if index.is_constant:
        return constant(rows.rows.get(index.value, rows.other), function.module, "row")
    other = constant(rows.other, function.module, "other")
    if _is_own_symbol(typed.parts[1]) and any(month_root(row) for row in rows.rows):
        helper = function.module.name_for(row_of_symbol, "row_of_symbol")
        return Code(f"{helper}(f, {table.text}, {other.text})")
    return _guarded(index, f"{table.text}.get({index.text}, {other.text})", function)
