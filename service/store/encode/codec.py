"""The way from a type hint to the pair of functions that writes and reads its values."""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin

from service.store.encode import containers, plain, records, scalars
from service.store.encode.shape import Codec, NotStorable


def to_text(value: object, hint: Any) -> str:
    """Return a value of this type as one line of plain ASCII. Raises NotStorable for what the type does not promise."""
    return json.dumps(codec_for(hint).encode(value), separators=(",", ":"))


def from_text(text: str, hint: Any) -> Any:
    """Return the value that `to_text` wrote. Raises NotStorable when it was not written for this type."""
    try:
        return codec_for(hint).decode(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotStorable(f"a stored value cannot be read as {hint}: {error}") from error


@cache
def codec_for(hint: Any) -> Codec:
    """Return how values of a type are written and read."""
    if isinstance(hint, NewType):
        return codec_for(hint.__supertype__)
    if hint is Any:
        return plain.CODEC
    if hint in scalars.CODECS:
        return scalars.CODECS[hint]
    if get_origin(hint) is not None:
        return _generic(get_origin(hint), get_args(hint))
    return _class(hint)


def _generic(origin: Any, arguments: tuple[Any, ...]) -> Codec:
    """Return the codec of a type that names its parts, such as `tuple[int, ...]` or `Money | None`."""
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin in (tuple, frozenset) or issubclass(origin, Mapping):
        return containers.codec(origin, arguments, codec_for)
    raise NotStorable(f"values of type {origin} cannot be stored")


def _class(hint: Any) -> Codec:
    """Return the codec of an enum or of a dataclass."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return scalars.enum(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return records.record(hint, codec_for)
    raise NotStorable(f"values of type {hint} cannot be stored")


def _union(members: tuple[Any, ...]) -> Codec:
    """Return the codec of a union: None and one type, or record classes told apart by name."""
    rest = tuple(member for member in members if member is not NoneType)
    inner = codec_for(rest[0]) if len(rest) == 1 else records.tagged(rest, codec_for)
    return inner if len(rest) == len(members) else scalars.optional(inner)
