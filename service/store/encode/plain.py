"""What windows hold: values without a declared type, made of tuples, whole numbers, texts, yes or no and None."""

from typing import Any

from service.store.encode.shape import Codec, NotStorable


def _encode(value: Any) -> Any:
    if value is None or type(value) in (int, str, bool):
        return value
    if isinstance(value, tuple):
        return [_encode(each) for each in value]
    raise NotStorable(
        f"a window holds a {type(value).__name__}; only tuples, int, str, bool and None can be stored"
    )


def _decode(stored: Any) -> Any:
    if isinstance(stored, list):
        return tuple(_decode(each) for each in stored)
    if stored is None or type(stored) in (int, str, bool):
        return stored
    raise NotStorable(f"a stored window holds a {type(stored).__name__}")


CODEC = Codec(_encode, _decode)
