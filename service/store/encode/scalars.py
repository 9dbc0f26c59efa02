"""Numbers, texts, yes or no, names of an enum, and values that may be missing."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from service.store.encode.shape import Codec, NotStorable


def _exactly(kind: type) -> Callable[[Any], Any]:
    def same(value: Any) -> Any:
        if type(value) is not kind:
            raise NotStorable(f"expected {kind.__name__}, got {type(value).__name__}")
        return value

    return same


CODECS: dict[Any, Codec] = {kind: Codec(_exactly(kind), _exactly(kind)) for kind in (int, str, bool)}
"""No float: a limit must never be missed by a rounding error."""


def enum(kind: type[Enum]) -> Codec:
    """Return the codec of an enum: its value stands for the member."""

    def encode(value: Any) -> Any:
        if not isinstance(value, kind):
            raise NotStorable(f"expected {kind.__name__}, got {type(value).__name__}")
        return value.value

    return Codec(encode, kind)


def optional(inner: Codec) -> Codec:
    """Return the codec of a value that may be None."""
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda stored: None if stored is None else inner.decode(stored),
    )
