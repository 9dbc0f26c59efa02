"""One thing that can be asked for at a door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from service.doors.house import House

Answer = dict[str, Any]
"""What goes into the answer beside `schema` and `ok`."""


@dataclass(frozen=True, slots=True)
class Verb:
    """`fields` is a frozen dataclass, of which `answer` gets one. It raises Refused when it will not do it.

    `loosens`: it may let somebody trade who could not, or more. `is_open`: at the admin's door it is done without the
    password, since it takes another proof or needs none. An iterator as answer is a stream, a line each.
    """

    fields: type[Any]
    answer: Callable[[Any, House], Answer | Iterator[Answer]]
    loosens: bool = False
    is_open: bool = False
