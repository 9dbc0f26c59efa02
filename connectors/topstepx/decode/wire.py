"""JSON text to Python and back with exact numbers: a price never passes through a float."""

import json
from decimal import Decimal
from typing import Any

from connectors.failures import Unreadable


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text, fractions as Decimal. Raises Unreadable; NaN and Infinity are refused."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error


def write_json(value: object) -> str:
    """Return the JSON text of a value made of dict, list, text, int, bool, None and Decimal."""
    match value:
        case Decimal():
            return format(value, "f")
        case dict():
            inside = (f"{json.dumps(str(key))}:{write_json(item)}" for key, item in value.items())
            return "{" + ",".join(inside) + "}"
        case list() | tuple():
            return "[" + ",".join(write_json(item) for item in value) + "]"
        case str() | int() | None:
            return json.dumps(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no exact JSON form")
