"""What a parameter may be: one literal, also with a minus, a date, or a text in quotes. No calculation."""

import re

from dsl.amount_slips import suggest_amount
from dsl.kinds import TEXT
from dsl.limits import EXPRESSION_CHARACTERS
from dsl.nodes import Bad, Literal
from dsl.parse import Failed, tree_of
from dsl.parse_tree import read_tree
from dsl.problems import Problem, Span
from dsl.yaml_nodes import Scalar

_WORD = re.compile(r"[A-Za-z_]\w*")
_AMOUNT_SIGNS = re.compile(r"[0-9$%]")
_OTHER_MONEY = "\u20ac\u00a3\u00a5"
_YES_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def parse_value(scalar: Scalar, problems: list[Problem]) -> Literal | Bad:
    """Return the literal of a YAML scalar, or `Bad` after saying why it is none; a broken one is silently `Bad`."""
    span, text = scalar.span, scalar.span.text
    if scalar.broken:
        return Bad(span)
    if not text.strip():
        problems.append(
            Problem("E012", "there is no value here", scalar.outer, help="write one, or delete the line")
        )
        return Bad(span)
    tree = tree_of(text, "value") if len(text) <= EXPRESSION_CHARACTERS else Failed(0, "")
    if not isinstance(tree, Failed):
        node = read_tree(tree, span.source, span.start, problems)
        assert isinstance(node, Literal | Bad), "the grammar lets nothing else be a value"
        return node
    if scalar.style == "quoted" and not _AMOUNT_SIGNS.search(text):
        return Literal(span, TEXT, text, text)
    problems.append(_not_a_value(span))
    return Bad(span)


def _not_a_value(span: Span) -> Problem:
    return Problem(
        "E208", f"`{_short(span.text)}` is not an amount I understand", span, help=_advice(span.text)
    )


def _advice(text: str) -> str:
    better = suggest_amount(text) or _YES_NO.get(text.lower())
    if better:
        return f"write `{better}`"
    if text[0] in _OTHER_MONEY:
        return "only US dollars are understood: write for example `$500`"
    if _WORD.fullmatch(text):
        return f'write `"{text}"` in quotes for a text, `{text.upper()}` for a symbol'
    if len(text) <= EXPRESSION_CHARACTERS and not isinstance(tree_of(text), Failed):
        return "write one plain value here; calculations stand under `let:`"
    return "write for example `$500`, `5 contracts`, `10 ticks`, `15m`, `40%` or `3`"


def _short(text: str) -> str:
    """Return a text that fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}\N{HORIZONTAL ELLIPSIS}"
