"""From Lark's tree to our nodes: which reader takes which rule of the grammar."""

from lark import Tree

from dsl.limits import EXPRESSION_DEPTH, EXPRESSION_NODES
from dsl.nodes import Node
from dsl.parse_calls import call
from dsl.parse_literals import yes_no
from dsl.parse_operators import (
    amount,
    binary,
    compare,
    listed,
    logic,
    membership,
    minus,
    negative,
    opposite,
    path,
    row,
    unlimited,
)
from dsl.parse_reading import Branch, Leaf, Reader, Reading
from dsl.problems import Problem, Source


def read_tree(tree: Branch, source: Source, base: int, problems: list[Problem]) -> Node:
    """Return the node of a whole tree; amounts that mean none are reported."""
    return Reading(source, base, problems, _READERS).node(tree)


def size_of(tree: Branch) -> tuple[int, int]:
    """Return how many nodes a tree has and how deep it is; counting stops beyond the limits."""
    nodes, deepest = 0, 0
    waiting: list[tuple[Leaf | None, int]] = [(tree, 0)]
    while waiting and nodes <= EXPRESSION_NODES and deepest <= EXPRESSION_DEPTH:
        leaf, depth = waiting.pop()
        nodes += leaf is not None
        deepest = max(deepest, depth)
        if isinstance(leaf, Tree):
            waiting += [(child, depth + 1) for child in leaf.children]
    return nodes, deepest


_READERS: dict[str, Reader] = {
    "start": Reading.inner,
    "value": Reading.inner,
    "minus": minus,
    "unlimited": unlimited,
    "or_test": logic("or"),
    "and_test": logic("and"),
    "not": opposite,
    "comparison": compare,
    "in": membership(is_negated=False),
    "not_in": membership(is_negated=True),
    "add": binary("+"),
    "sub": binary("-"),
    "mul": binary("*"),
    "div": binary("/"),
    "neg": negative,
    "row": row,
    "list": listed,
    "path": path,
    "call": call,
    "amount": amount,
    "true": lambda reading, tree: yes_no(reading.span(tree), value=True),
    "false": lambda reading, tree: yes_no(reading.span(tree), value=False),
}
