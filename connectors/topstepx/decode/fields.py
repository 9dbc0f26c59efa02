"""One JSON object of the venue, read field by field: a wrong field is an error with its name, never a guess."""

from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.failures import Unreadable
from connectors.topstepx.decode.stamps import instant_from
from engine.units import PRICE_SCALE, SCALE, Instant, Money, Price

_LARGEST_ID = 2**63
_LARGEST_EXPONENT = 12


class Row:
    """A JSON object. `what` names it in errors; absent and null are the same, as the hubs omit nulls."""

    __slots__ = ("_fields", "_what")

    def __init__(self, fields: object, what: str) -> None:
        if not isinstance(fields, dict):
            raise Unreadable(f"{what} is not an object")
        self._fields: dict[str, Any] = fields
        self._what = what

    def has(self, name: str) -> bool:
        return self._fields.get(name) is not None

    def says(self, name: str) -> bool:
        """Return whether the field is there at all, be it null."""
        return name in self._fields

    def wrong(self, name: str) -> Unreadable:
        """Return the error that this field cannot be read."""
        problem = "is missing" if not self.has(name) else "cannot be read"
        return Unreadable(f"{name} of {self._what} {problem}")

    def whole(self, name: str) -> int:
        """Return a whole number; digits in a text count, as ids were seen that way. Raises Unreadable."""
        value = self._fields.get(name)
        if isinstance(value, str) and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
            value = int(value) if len(value) <= 20 else None
        if isinstance(value, Decimal) and abs(value.adjusted()) < 20 and value == value.to_integral_value():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST_ID:
            raise self.wrong(name)
        return value

    def whole_or_none(self, name: str) -> int | None:
        return self.whole(name) if self.has(name) else None

    def count(self, name: str) -> int:
        """Return a whole number that is not negative. Raises Unreadable."""
        value = self.whole(name)
        if value < 0:
            raise self.wrong(name)
        return value

    def text(self, name: str) -> str:
        """Return a text that is not empty. Raises Unreadable."""
        value = self._fields.get(name)
        if not isinstance(value, str) or not value:
            raise self.wrong(name)
        return value

    def text_or_none(self, name: str) -> str | None:
        value = self._fields.get(name)
        return value if isinstance(value, str) and value else None

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Return true or false; `default` when absent. Raises Unreadable when neither, or absent without one."""
        if not self.has(name) and default is not None:
            return default
        value = self._fields.get(name)
        if not isinstance(value, bool):
            raise self.wrong(name)
        return value

    def price(self, name: str) -> Price:
        """Return a price, rounded half-even to a billionth. Raises Unreadable."""
        return Price(self._scaled(name, PRICE_SCALE))

    def price_or_none(self, name: str) -> Price | None:
        return self.price(name) if self.has(name) else None

    def money(self, name: str) -> Money:
        """Return dollars, rounded half-even to a millionth. Raises Unreadable."""
        return Money(self._scaled(name, SCALE))

    def money_or_none(self, name: str) -> Money | None:
        return self.money(name) if self.has(name) else None

    def instant(self, name: str) -> Instant:
        """Return an instant. Raises Unreadable."""
        instant = instant_from(self._fields.get(name))
        if instant is None:
            raise self.wrong(name)
        return instant

    def instant_or_none(self, name: str) -> Instant | None:
        return instant_from(self._fields.get(name))

    def _scaled(self, name: str, scale: int) -> int:
        value = self._fields.get(name)
        if isinstance(value, str) and len(value) <= 40:
            try:
                value = Decimal(value)
            except InvalidOperation:
                raise self.wrong(name) from None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(name)
        number = Decimal(value)
        if not number.is_finite() or number.adjusted() > _LARGEST_EXPONENT:
            raise self.wrong(name)
        return int((number * scale).to_integral_value())
