"""fallback: a value in place of an unknown one."""

from typing import TypeVar

Value = TypeVar("Value")


def fallback(value: Value | None, instead: Value | None) -> Value | None:
    """Return `instead` while the first value is unknown; unknown only if both are.

    >>> value("fallback($100, $250)")
    '$100'
    """
    return instead if value is None else value
