"""A checked expression: each node with its kind and with what it refers to, ready to be compiled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dsl.aggregates import Aggregate
from dsl.fact import Fact
from dsl.kinds import Kind
from dsl.nodes import Node
from dsl.problems import Span
from dsl.signature import Signature
from dsl.streams import StreamSpec
from engine.windows import Span as WindowSpan

UNLIMITED_VALUE = 10**30
"""What `unlimited` counts as, in any unit: a thousand million times the largest amount that can be written."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by symbol. `rows` are those written, `other` is for the rest (None: there is no such row)."""

    rows: Mapping[str, Any]
    other: Any = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known at load. `span` is where it is written, `text` how, `name` that of its parameter or list.

    Lists are tuples, tables `Table`, schedules `SymbolHours`, amounts integers in steps of their unit.
    """

    kind: Kind
    value: Any
    span: Span
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ItemField:
    """A field of an item inside an aggregate."""

    name: str
    never_negative: bool
    may_be_unknown: bool


@dataclass(frozen=True, slots=True)
class LetUse:
    """A name under `let:`; the only part is its value."""

    name: str


@dataclass(frozen=True, slots=True)
class FunctionUse:
    """A call; the parts are the arguments."""

    word: str
    function: Callable[..., object]
    signature: Signature


@dataclass(frozen=True, slots=True)
class AggregateUse:
    """An aggregate. The first part is the value (None in `has_value`: items are counted), the next the `where`.

    `stream` None: a field of the rule itself is sampled. `span` None: over what is now.
    """

    word: str
    spec: Aggregate
    stream: StreamSpec | None
    span: WindowSpan | None
    has_value: bool
    has_where: bool


class Conversion(Enum):
    """What happens to a value of one kind where another stands; the only part is the value."""

    POINTS_TO_TICKS = "points to ticks"


Ref = Fact | Constant | ItemField | LetUse | FunctionUse | AggregateUse | Conversion | None


@dataclass(frozen=True, slots=True)
class Typed:
    """One checked node. `parts` are its operands in the order of the text."""

    node: Node = field(repr=False)
    kind: Kind
    parts: tuple["Typed", ...] = ()
    ref: Ref = None

    @property
    def span(self) -> Span:
        return self.node.span

    def walk(self) -> "list[Typed]":
        """Return this node and all below it, values of `let` included, each once.

        A name that is used twice is one node: without that, names made of names would double with each step.
        """
        found, waiting, seen = [], [self], set[int]()
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            found.append(node)
            waiting.extend(reversed(node.parts))
        return found
