"""What every family of values provides: a way to write and a way to read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class NotStorable(ValueError):
    """A value that does not fit its type, or a type without a stored form."""


@dataclass(frozen=True, slots=True)
class Codec:
    """`encode` gives what JSON can hold exactly; `decode` takes it back."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


CodecFor = Callable[[Any], Codec]
