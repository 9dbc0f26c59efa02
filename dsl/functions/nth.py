"""nth: the entry of a list at a place."""

from typing import TypeVar

from engine.units import SCALE, Number

Entry = TypeVar("Entry")


def nth(entries: tuple[Entry, ...], place: Number) -> Entry | None:
    """Return an entry of a list, counted from 1; beyond the end the last one, before the start the first.

    An empty list has no entries: unknown.

    >>> value("nth([10m, 30m, 2h], 2)")
    '30m'
    >>> value("nth([10m, 30m, 2h], 7)")
    '2h'
    """
    if not entries:
        return None
    return entries[min(max(place // SCALE, 1), len(entries)) - 1]
