"""Expressions: from a stretch of a file to nodes whose places are places in that file."""

import re
from dataclasses import dataclass
from typing import cast

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from dsl.limits import EXPRESSION_CHARACTERS, EXPRESSION_DEPTH, EXPRESSION_NODES
from dsl.nodes import Bad, Node
from dsl.parse_grammar import parser
from dsl.parse_reading import Branch
from dsl.parse_tree import read_tree, size_of
from dsl.problems import Problem, Source, Span
from dsl.slip_brackets import nesting
from dsl.slip_stop import Stop
from dsl.slips import find_cause
from dsl.yaml_nodes import Scalar

_END = "$END"
_OPERATOR_FIRST = re.compile(r"<|>|==|!=|\+|-|\*|/|\[|(and|or|in|not\s+in|over|since|where|of)\b")


@dataclass(frozen=True, slots=True)
class Failed:
    """Reading stopped at an offset of the text; `token` is the parser's name of what stood there."""

    at: int
    token: str


def parse_expression(
    source: Source, start: int, end: int, problems: list[Problem], what: str = "condition"
) -> Node:
    """Return the node of `source.text[start:end]`, or `Bad` after appending why it cannot be read.

    `what` is the word for it in messages: condition, expression, value.
    """
    text, span = source.text[start:end], Span(source, start, end)
    problem = _blank(text, span, what) or _too_large(text, span, what)
    if problem is None:
        read = tree_of(text)
        if isinstance(read, Failed):
            problem = _explained(text, read, span, what)
        elif _is_too_deep(read):
            problem = _too_complex(span, what)
        else:
            return read_tree(read, source, start, problems)
    problems.append(problem)
    return Bad(span)


def parse_scalar(scalar: Scalar, problems: list[Problem], what: str = "condition") -> Node:
    """Return the node of a YAML scalar; a comment that cuts it off is a problem, a broken scalar is silently `Bad`."""
    if scalar.broken:
        return Bad(scalar.span)
    if scalar.comment is not None and _cuts_off(scalar.span.text, scalar.comment.text):
        problems.append(
            Problem(
                "E104",
                f"the `#` starts a comment, so the rest of this {what} is ignored",
                scalar.comment,
                "ignored",
                help=f"remove the `#`, or finish the {what} before it",
            )
        )
        return Bad(scalar.span)
    return parse_expression(scalar.span.source, scalar.span.start, scalar.span.end, problems, what)


def tree_of(text: str, start: str = "start") -> Branch | Failed:
    """Return the parser's tree of a text, or where it stopped."""
    try:
        return parser().parse(text, start=start)
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else error.token.start_pos
        return Failed(len(text) if at is None else at, error.token.type)
    except UnexpectedCharacters as error:
        return Failed(cast(int, error.pos_in_stream), "")
    except UnexpectedInput:
        return Failed(len(text), "")


def _explained(text: str, failed: Failed, span: Span, what: str) -> Problem:
    slip = find_cause(Stop(text, failed.at, failed.token, what))
    place = Span(span.source, span.start + slip.start, span.start + slip.end)
    return Problem(slip.code, slip.message, place, slip.label, help=slip.help)


def _cuts_off(text: str, comment: str) -> bool:
    """Say whether a comment looks like the rest of an expression: the text ends too early, or goes on with `>= …`."""
    rest = comment.lstrip("# \t")
    if len(text) + len(rest) > EXPRESSION_CHARACTERS:
        return False
    read = tree_of(text)
    if isinstance(read, Failed):
        return read.at >= len(text)
    return _OPERATOR_FIRST.match(rest) is not None and not isinstance(tree_of(f"{text} {rest}"), Failed)


def _blank(text: str, span: Span, what: str) -> Problem | None:
    if text.strip():
        return None
    return Problem("E012", f"there is no {what} here", span, help=f"write the {what}, or delete the line")


def _too_large(text: str, span: Span, what: str) -> Problem | None:
    if len(text) <= EXPRESSION_CHARACTERS and nesting(text) <= EXPRESSION_DEPTH:
        return None
    return _too_complex(span, what)


def _is_too_deep(tree: Branch) -> bool:
    nodes, depth = size_of(tree)
    return nodes > EXPRESSION_NODES or depth > EXPRESSION_DEPTH


def _too_complex(span: Span, what: str) -> Problem:
    return Problem(
        "E108",
        f"this {what} is too long or too deep to be read safely",
        span,
        help=f"name parts of it under `let:`; there may be {EXPRESSION_CHARACTERS:,} characters,\n"
        f"{EXPRESSION_NODES} names, values and operators, and {EXPRESSION_DEPTH} levels of brackets",
    )
