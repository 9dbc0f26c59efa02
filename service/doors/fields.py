"""The fields of a request as the dataclass of its verb, checked by the type hints that stand there."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from connectors.secret import Secret
from service.doors.refused import bad_request

T = TypeVar("T")

WORDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    Secret: "a text",
    types.NoneType: "null",
}
"""How each plain type is called; a `Secret` comes as a text and is never shown again."""


def read_fields(kind: type[T], values: Mapping[str, Any]) -> T:
    """Return the request. Raises Refused for a field that is unknown, missing or of another type."""
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # verbs declare dataclasses
    for name in values:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            text = f"there is no field `{name[:40]}`"
            raise bad_request(text, f"did you mean `{close[0]}`?" if close else f"fields: {_list(known)}")
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise bad_request(f"the field `{field.name}` is missing", f"fields: {_list(known)}")
    return kind(**{name: _value(hints[name], value, name) for name, value in values.items()})


def shown(request: object) -> dict[str, Any]:
    """Return the fields for the audit trail: no secret, and nothing longer than a sentence."""
    return {
        field.name: _shown(getattr(request, field.name))
        for field in fields(request)  # type: ignore[arg-type]  # a request is a dataclass
        if getattr(request, field.name) != field.default
    }


def _shown(value: object) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case Mapping():
            return {str(key)[:80]: _shown(inner) for key, inner in list(value.items())[:20]}
        case tuple():
            return [_shown(inner) for inner in value[:20]]
        case _:
            return str(value)[:200]


def _value(hint: Any, value: object, name: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        hints = get_args(hint)
        if value is None and types.NoneType in hints:
            return None
        return _value(next(one for one in hints if one is not types.NoneType), value, name)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_value(get_args(hint)[0], inner, name) for inner in value)
    if get_origin(hint) in (dict, Mapping) and isinstance(value, dict):
        return {key: _value(get_args(hint)[1], inner, name) for key, inner in value.items()}
    if hint is Secret and type(value) is str:
        return Secret(value)
    if hint in (str, int, bool) and type(value) is hint:
        return value
    raise bad_request(f"`{name}` must be {WORDS.get(hint, 'a list or a map of texts')}")


def _list(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
