"""Reading published JSON: each value with the kind it must have, or an error that names the place."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

LARGEST = Decimal(10) ** 15
DIGITS = 12
YEARS = (1970, 9000)
"""What can be drawn: nothing real is outside of it, and formatting or converting what is would fail."""


class BadDocument(Exception):
    """A published document has a value of a kind that no screen can show. Carries the path of the value."""


class JsonReader:
    """One JSON object. A missing value is None or empty: a newer or older guard may know other fields."""

    def __init__(self, values: object, path: str = "") -> None:
        if not isinstance(values, Mapping):
            raise BadDocument(f"`{path or 'the document'}` is not an object")
        self._values: Mapping[str, Any] = values
        self._path = path

    def names(self) -> tuple[str, ...]:
        """Return the names of the values."""
        return tuple(self._values)

    def text(self, key: str, default: str = "") -> str:
        """Return a text; numbers are accepted, since ids and contracts are shown as they come."""
        value = self._values.get(key)
        if value is None:
            return default
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return str(value)
        raise self._bad(key, "a text")

    def flag(self, key: str) -> bool | None:
        """Return yes, no, or None where it is not known."""
        value = self._values.get(key)
        if value is None or isinstance(value, bool):
            return value
        raise self._bad(key, "true or false")

    def whole(self, key: str) -> int:
        """Return a whole number; missing is 0."""
        value = self._values.get(key)
        if value is None:
            return 0
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise self._bad(key, "a whole number")

    def number(self, key: str) -> Decimal | None:
        """Return an exact number, written as text or as a number."""
        value = self._values.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
                number = Decimal(value)
                if number.is_finite() and abs(number) < LARGEST and number == round(number, DIGITS):
                    return number
        except InvalidOperation:
            pass
        raise self._bad(key, "a number")

    def moment(self, key: str) -> datetime | None:
        """Return an instant with its offset."""
        value = self._values.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, str):
                moment = datetime.fromisoformat(value)
                if moment.tzinfo is not None and YEARS[0] <= moment.year <= YEARS[1]:
                    return moment
        except ValueError:
            pass
        raise self._bad(key, "an ISO 8601 time with offset")

    def part(self, key: str) -> "JsonReader":
        """Return the object under a key; missing is an empty one."""
        return JsonReader(self._values.get(key) or {}, self._place(key))

    def parts(self, key: str) -> Iterator["JsonReader"]:
        """Yield the objects of a list."""
        for index, value in enumerate(self._list(key)):
            yield JsonReader(value, f"{self._place(key)}[{index}]")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(str(value) for value in self._list(key))

    def _list(self, key: str) -> list[Any]:
        value = self._values.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        raise self._bad(key, "a list")

    def _place(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _bad(self, key: str, wanted: str) -> BadDocument:
        return BadDocument(f"`{self._place(key)}` is not {wanted}")
