"""What a value known at load says, so that two of them from different files can be compared."""

from collections.abc import Hashable

from dsl.hours import SymbolHours
from dsl.typed import Table


def content(value: object) -> Hashable:
    """Return what two constants share exactly if they say the same."""
    match value:
        case int() | str():
            return value
        case tuple():
            return tuple(content(entry) for entry in value)
        case Table(rows=rows, other=other):
            return (
                "table",
                tuple(sorted((key, content(row)) for key, row in rows.items())),
                content(other),
            )
        case SymbolHours(written=written):
            return ("hours", written)
        case _:
            return ("object", id(value))
