"""Look-ups by symbol, taken row by row: a table is compared with another at each symbol that either of them names."""

from collections.abc import Iterator
from dataclasses import replace

from dsl.check_symbols import month_root
from dsl.fact import Fact
from dsl.kinds import SYMBOL
from dsl.nodes import Row
from dsl.typed import Constant, LetUse, Table, Typed

REST = ""
"""Stands for every symbol that no table names."""

MOST_ROWS = 200
"""Symbols that are looked at one by one. The largest shipped table has about 20 rows."""


def symbols_of(*conditions: Typed) -> tuple[str, ...]:
    """Return the symbols at which tables could answer differently, the rest among them."""
    named = {key for condition in conditions for table in _tables(condition) for key in table.rows}
    months = {root for key in named if (root := month_root(key))}
    return (*sorted(named | months), REST)


class At:
    """Expressions with the rows of one symbol in place of their look-ups."""

    def __init__(self, symbol: str) -> None:
        self._symbol = symbol
        self._known: dict[
            int, Typed | None
        ] = {}  # a name that is used twice is one node: its row is looked up once

    def of(self, typed: Typed) -> Typed | None:
        """Return an expression at this symbol; None if a table has no row there, so that its answer is unknown."""
        if id(typed) not in self._known:
            self._known[id(typed)] = self._of(typed)
        return self._known[id(typed)]

    def _of(self, typed: Typed) -> Typed | None:
        table = _own_table(typed)
        if table is not None:
            row, known = _row(table, self._symbol), _named(typed.parts[0]).ref
            assert isinstance(known, Constant), "a table that is looked up is known at load"
            constant = replace(known, kind=typed.kind, value=row)
            return None if row is None else Typed(typed.node, typed.kind, (), constant)
        parts = [self.of(part) for part in typed.parts]
        kept = tuple(part for part in parts if part is not None)
        if len(kept) != len(parts):
            return None
        same = all(one is other for one, other in zip(kept, typed.parts, strict=True))
        return typed if same else replace(typed, parts=kept)


def _tables(typed: Typed) -> Iterator[Table]:
    for node in typed.walk():
        table = _own_table(node)
        if table is not None:
            yield table


def _own_table(typed: Typed) -> Table | None:
    """Return the table that is looked up by the position's own symbol, None for everything else."""
    if not isinstance(typed.node, Row) or len(typed.parts) != 2:
        return None
    table, index = (_named(part) for part in typed.parts)
    is_own = isinstance(index.ref, Fact) and index.ref.path == SYMBOL.name
    held = table.ref.value if isinstance(table.ref, Constant) else None
    return held if is_own and isinstance(held, Table) else None


def _named(typed: Typed) -> Typed:
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    return typed


def _row(table: Table, symbol: str) -> object:
    """Return the row as the guard looks it up: of the month, else of its product, else the one for the rest."""
    root = month_root(symbol) or symbol
    return table.rows.get(symbol, table.rows.get(root, table.other))
