"""Reading what a client sent: a wrong type is HTTP 400, an unknown field is dropped in silence, as the venue does."""

from decimal import Decimal
from typing import Any, TypeVar

from connectors.simulator.core.instants import Instant, parse

T = TypeVar("T")


class BadRequest(Exception):
    """The body does not bind. `field` is what the answer names."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Body:
    """A JSON object; names are found whatever their case."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise BadRequest("request", "The request field is required.")
        self._fields = {str(key).lower(): item for key, item in value.items()}

    def integer(self, name: str) -> int:
        """Return a required whole number."""
        return self._required(name, self.maybe_integer(name))

    def maybe_integer(self, name: str) -> int | None:
        """Return a whole number or None."""
        value = self._fields.get(name.lower())
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        # The venue reports a field that does not convert by saying that the whole request is missing.
        raise BadRequest("request", "The request field is required.")

    def text(self, name: str) -> str:
        """Return a required text."""
        return self._required(name, self.maybe_text(name))

    def maybe_text(self, name: str) -> str | None:
        """Return a text or None."""
        value = self._fields.get(name.lower())
        if value is None or isinstance(value, str):
            return value
        raise BadRequest("request", "The request field is required.")

    def flag(self, name: str) -> bool:
        """Return a required true or false."""
        value = self._fields.get(name.lower())
        if not isinstance(value, bool):
            raise BadRequest("request", "The request field is required.")
        return value

    def maybe_decimal(self, name: str) -> Decimal | None:
        """Return a number or None."""
        value = self._fields.get(name.lower())
        if value is None:
            return None
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return Decimal(value)
        raise BadRequest("request", "The request field is required.")

    def instant(self, name: str) -> Instant:
        """Return a required time."""
        return self._required(name, self.maybe_instant(name))

    def maybe_instant(self, name: str) -> Instant | None:
        """Return a time or None."""
        value = self.maybe_text(name)
        if value is None:
            return None
        try:
            return parse(value)
        except ValueError as error:
            raise BadRequest("request", "The request field is required.") from error

    def maybe_body(self, name: str) -> "Body | None":
        """Return an object within this one, or None."""
        value = self._fields.get(name.lower())
        return None if value is None else Body(value)

    def maybe_integers(self, name: str) -> list[int] | None:
        """Return a list of whole numbers or None."""
        value = self._fields.get(name.lower())
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(item, int) for item in value):
            return value
        raise BadRequest("request", "The request field is required.")

    def _required(self, name: str, value: T | None) -> T:
        if value is None:
            raise BadRequest(
                name[0].upper() + name[1:], f"The {name[0].upper() + name[1:]} field is required."
            )
        return value
