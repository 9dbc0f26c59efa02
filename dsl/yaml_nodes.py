"""A YAML file as people wrote it: scalars, lists and maps, all text, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal as Choice

from dsl.problems import Span

Style = Choice["plain", "quoted", "folded", "literal"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `span` is what stands inside quotes or below the header of a block, `outer` everything to replace.

    `text` is what YAML makes of it (lines folded), `comment` the comment behind it on its line. A `broken` one has
    been reported already and must stay silent.
    """

    span: Span = field(repr=False)
    outer: Span = field(repr=False)
    text: str
    style: Style
    comment: Span | None = field(default=None, repr=False)
    broken: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.span.text.strip()


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list, in brackets or with one `- ` a line."""

    span: Span = field(repr=False)
    items: tuple["YamlNode", ...]

    @property
    def outer(self) -> Span:
        return self.span


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value`."""

    key: str
    key_span: Span = field(repr=False)
    value: "YamlNode"

    @property
    def span(self) -> Span:
        """Return the key with its value."""
        return self.key_span.to(self.value.outer)


@dataclass(frozen=True, slots=True)
class MapNode:
    """Entries in the order of the file, each key once."""

    span: Span = field(repr=False)
    entries: tuple[Entry, ...]

    @property
    def outer(self) -> Span:
        return self.span

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


YamlNode = Scalar | ListNode | MapNode
