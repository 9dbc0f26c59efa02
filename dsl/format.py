"""Expressions back into text: one space around operators, brackets only where they are needed."""

from typing import assert_never

from dsl.amounts import write_amount, write_duration, write_time
from dsl.kinds import AMOUNTS, TEXT, TIME_OF_DAY, ZERO
from dsl.nodes import (
    Arg,
    Bad,
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
    WindowNode,
)

_OR, _AND, _NOT, _COMPARISON, _SUM, _TERM, _FACTOR, _POSTFIX = range(8)
"""How tightly each sort of expression holds together, loosest first: the levels of `grammar.lark`."""


def format_node(node: Node) -> str:
    """Return the text of a node; reading it gives the node again. Amounts stay as they were written."""
    return _write(node, _OR)


def _write(node: Node, level: int) -> str:
    """Return the text of a node for a place that needs at least this level; looser ones get brackets."""
    text = _text(node)
    return f"({text})" if _level(node) < level else text


def _level(node: Node) -> int:
    match node:
        case Logic(op="or"):
            return _OR
        case Logic():
            return _AND
        case Not():
            return _NOT
        case Compare() | Membership():
            return _COMPARISON
        case Binary(op="+" | "-"):
            return _SUM
        case Binary():
            return _TERM
        case Negative():
            return _FACTOR
        case _:
            return _POSTFIX


def _text(node: Node) -> str:
    match node:
        case Literal():
            return node.text or write_literal(node)
        case Name():
            return node.text
        case ListOf():
            return f"[{', '.join(format_node(item) for item in node.items)}]"
        case Row():
            return f"{_write(node.table, _POSTFIX)}[{format_node(node.index)}]"
        case Call():
            return f"{node.function}({', '.join(_arg(arg) for arg in node.args)})"
        case Bad():
            return node.span.text
        case _:
            return _operation(node)


def _operation(node: Binary | Negative | Compare | Logic | Not | Membership) -> str:
    match node:
        case Binary():
            level = _level(node)
            return f"{_write(node.left, level)} {node.op} {_write(node.right, level + 1)}"
        case Negative():
            return f"-{_write(node.operand, _FACTOR)}"
        case Compare():
            return f"{_write(node.left, _SUM)} {node.op} {_write(node.right, _SUM)}"
        case Membership():
            word = "not in" if node.negated else "in"
            return f"{_write(node.item, _SUM)} {word} {_write(node.container, _SUM)}"
        case Logic():
            return f" {node.op} ".join(_write(operand, _level(node) + 1) for operand in node.operands)
        case Not():
            return f"not {_write(node.operand, _NOT)}"
        case _:
            assert_never(node)


def _arg(arg: Arg) -> str:
    parts = [format_node(arg.value)]
    if arg.of is not None:
        parts.append(f"of {arg.of}")
    if arg.where is not None:
        parts.append(f"where {format_node(arg.where)}")
    if arg.window is not None:
        parts.append(_window(arg.window))
    return " ".join(parts)


def _window(window: WindowNode) -> str:
    if window.kind == "over_last":
        return f"over last {window.name_span.text or write_duration(window.length or 0)}"
    return f"{window.kind} {window.name}"


def write_literal(literal: Literal) -> str:
    """Return the text of a literal from its value alone, as suggestions and descriptions need it."""
    value = literal.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"{write_time(value[0])}..{write_time(value[1])}"
    if isinstance(value, str):
        return f'"{value}"' if literal.kind == TEXT else value
    if literal.kind == TIME_OF_DAY:
        return write_time(value)
    if literal.kind == ZERO:
        return "0"
    assert literal.kind in AMOUNTS, "every other kind is written as text"
    return f"-{write_amount(literal.kind, -value)}" if value < 0 else write_amount(literal.kind, value)
