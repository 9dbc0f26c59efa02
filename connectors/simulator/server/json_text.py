"""JSON with exact decimals, written and read: no number ever passes through a float."""

import json
from decimal import Decimal
from typing import Any


def dump(value: Any) -> str:
    """Return `value` as compact JSON. Decimals are written digit by digit as they are.

    Raises TypeError for anything that JSON does not know.
    """
    match value:
        case None | bool() | str():
            return json.dumps(value)
        case int():
            return str(int(value))
        case Decimal():
            return format(value, "f")
        case dict():
            return "{" + ",".join(f"{json.dumps(str(key))}:{dump(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(map(dump, value)) + "]"
        case _:
            raise TypeError(f"{type(value).__name__} has no place in JSON")


def load(text: str | bytes) -> Any:
    """Return the value of a JSON text, its fractions as Decimal. Raises ValueError for bad JSON, NaN and Infinity."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def natural(number: Decimal) -> Decimal:
    """Return the number without trailing zeros, as the hubs write it."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def nine(number: Decimal) -> Decimal:
    """Return the number with nine digits after the point, as REST often writes prices."""
    return number.quantize(Decimal("0.000000001"))


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")
