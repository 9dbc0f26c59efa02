"""A naive evaluator of expressions: slow, plain, and what the compiled conditions are held against."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from dsl.nodes import (
    Binary,
    Call,
    Compare,
    ListOf,
    Literal,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Row,
)
from engine.units import SCALE

ORDER: dict[Any, int] = {False: 0, None: 1, True: 2}
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
PLAIN: dict[str, Callable[..., int]] = {
    "loss": lambda value: max(-value, 0),
    "profit": lambda value: max(value, 0),
    "abs": abs,
    "min": min,
    "max": max,
}
AGGREGATES: dict[str, Callable[[list[int]], int | None]] = {
    "count": lambda values: len(values) * SCALE,
    "sum": sum,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}


class Naive:
    """Evaluates a tree node by node. `names` are values by name, `trades` a stream's items, `rows` a table's."""

    def __init__(self, names: dict[str, Any], trades: list[Any], rows: tuple[dict[str, int], int]) -> None:
        self.names, self.trades, self.rows = names, trades, rows

    def value(self, node: Node) -> Any:  # noqa: C901  one line a kind of node
        match node:
            case Literal():
                return node.value
            case Name():
                return self.names[node.text]
            case Negative():
                return self.strict(lambda a: -a, node.operand)
            case Binary():
                return self.arithmetic(node)
            case Compare():
                return self.strict(COMPARE[node.op], node.left, node.right)
            case Not():
                return self.strict(lambda a: not a, node.operand)
            case Logic():
                choose = min if node.op == "and" else max
                return choose((self.value(part) for part in node.operands), key=ORDER.__getitem__)
            case Membership():
                return self.strict(lambda a, b: (a in b) != node.negated, node.item, node.container)
            case ListOf():
                return tuple(self.value(item) for item in node.items)
            case Row():
                return self.rows[0].get(self.value(node.index), self.rows[1])
            case Call():
                return self.call(node)
            case _:
                raise AssertionError(node)

    def strict(self, function: Callable[..., Any], *nodes: Node) -> Any:
        values = [self.value(node) for node in nodes]
        return None if None in values else function(*values)

    def arithmetic(self, node: Binary) -> Any:
        def half_even(a: int, b: int) -> Any:
            match node.op:
                case "+":
                    return a + b
                case "-":
                    return a - b
                case "*":
                    return round(Fraction(a * b, SCALE))
                case "/":
                    return round(Fraction(a * SCALE, b)) if b else None

        return self.strict(half_even, node.left, node.right)

    def call(self, node: Call) -> Any:
        arg = node.args[0]
        if arg.window is None:
            if node.function == "fallback":
                first = self.value(arg.value)
                return self.value(node.args[1].value) if first is None else first
            return self.strict(PLAIN[node.function], *(each.value for each in node.args))
        inside = [Naive({**self.names, **vars(trade)}, [], self.rows) for trade in self.trades]
        kept = [each for each in inside if arg.where is None or each.value(arg.where)]
        counted = [0 if arg.of is None else each.value(arg.value) for each in kept]
        return AGGREGATES[node.function](counted)


@pytest.fixture(scope="session")
def naive() -> type[Naive]:
    return Naive
