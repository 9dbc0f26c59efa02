"""One expression on its way from Lark's tree to our nodes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from lark import Token, Tree

from dsl.nodes import Node
from dsl.parse_literals import read_literal
from dsl.problems import Problem, Source, Span

Branch = Tree[Token]
Leaf = Branch | Token


@dataclass(frozen=True, slots=True)
class Reading:
    """Where nodes come from. The depth of a tree is limited before, so the walk may call itself.

    `base` is the offset in the file at which the text given to Lark begins, `readers` has one for each rule of the
    grammar.
    """

    source: Source
    base: int
    problems: list[Problem]
    readers: "Mapping[str, Reader]"

    def span(self, leaf: Leaf) -> Span:
        """Return the place of a token or tree in the file."""
        place = leaf if isinstance(leaf, Token) else leaf.meta
        start, end = cast(int, place.start_pos), cast(int, place.end_pos)
        return Span(self.source, self.base + start, self.base + end)

    def node(self, leaf: Leaf) -> Node:
        """Return the node of a token or tree."""
        if isinstance(leaf, Token):
            return read_literal(leaf.type, self.span(leaf), self.problems)
        return self.readers[str(leaf.data)](self, leaf)

    def children(self, tree: Branch) -> tuple[Node, ...]:
        """Return the nodes of a tree's children; optional parts that are not there are left out."""
        return tuple(
            self.node(child) for child in cast("list[Leaf | None]", tree.children) if child is not None
        )

    def inner(self, tree: Branch) -> Node:
        """Return the node of the only child."""
        return self.node(tree.children[0])


Reader = Callable[[Reading, Branch], Node]
