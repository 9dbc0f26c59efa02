"""One message on a line: from bytes to a checked JSON object, and from an answer to bytes."""

import json
from collections.abc import Iterable
from typing import Any

from service.doors.limits import ANSWER, ASK
from service.doors.refused import bad_request


def message(line: bytes) -> dict[str, Any]:
    """Return the JSON object of a line. Raises Refused with what is wrong with it."""
    try:
        text = line.decode("utf-8")
        values = json.loads(text, object_pairs_hook=_pairs, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise bad_request(f"the message is not JSON: {_short(error)}") from None
    if not isinstance(values, dict):
        raise bad_request("the message is not a JSON object")
    _check_texts(values)
    schema = values.pop("schema", None)
    if schema != ASK:
        raise bad_request(
            f"the message's schema is {_named(schema)}, this guard speaks `{ASK}`",
            "the command and the guard are of different versions: restart the guard, or update the older of the two",
        )
    return values


def answer_line(answer: dict[str, Any]) -> bytes:
    """Return an answer as one line."""
    return json.dumps({"schema": ANSWER, "ok": True, **answer}, ensure_ascii=True).encode("ascii") + b"\n"


def _pairs(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"`{key[:40]}` is there twice")
        found[key] = value
    return found


def _no_float(text: str) -> Any:
    raise ValueError(f"{text[:40]} is no whole number")


def _check_texts(value: object) -> None:
    """Refuse texts that no file, log or database can hold: half characters and control characters."""
    match value:
        case str():
            if any(not (char.isprintable() or char in "\n\t\r") for char in value):
                raise bad_request("a text of the message holds characters that cannot be printed")
        case dict():
            for key, inner in value.items():
                _check_texts(key)
                _check_texts(inner)
        case list():
            for inner in value:
                _check_texts(inner)
        case _:
            pass  # numbers, true, false and null need no look


def _short(error: Exception) -> str:
    text = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return text.encode("ascii", "replace").decode("ascii")[:120]


def _named(schema: object) -> str:
    return f"`{schema[:40]}`" if isinstance(schema, str) else "missing"
