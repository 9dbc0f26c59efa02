"""Signs and words of other languages, and what is written for them here."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """A usual mistake in an expression; places count from the start of the text."""

    code: str
    message: str
    start: int
    end: int
    help: str
    label: str = ""


OPERATORS = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "~": "not",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "><": "!=",
    "===": "==",
    "!==": "!=",
    "==>": ">=",
    "\u2265": ">=",
    "\u2264": "<=",
    "\u2260": "!=",
    "\u00d7": "*",
    "\u00f7": "/",
    "\u2212": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "..",
}
"""Sign to the one used here."""

WORDS = {
    "is": "==",
    "equals": "==",
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gte": ">=",
    "ge": ">=",
    "lt": "<",
    "lte": "<=",
    "le": "<=",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "IN": "in",
    "And": "and",
    "Or": "or",
    "Not": "not",
    "In": "in",
    "True": "true",
    "False": "false",
    "within": "in",
    "plus": "+",
    "minus": "-",
    "times": "*",
}
"""Word to the one used here."""

_OTHER_SIGNS = {
    "#": (
        "E104",
        "a comment cannot stand in the middle of this text",
        "put the comment on a line of its own above",
    ),
    "\u201c": ("E107", "a curly quote is no quote here", 'write a plain " instead'),
    "\u201d": ("E107", "a curly quote is no quote here", 'write a plain " instead'),
    "\u2018": ("E107", "a curly quote is no quote here", 'write a plain " instead'),
    "\u2019": ("E107", "a curly quote is no quote here", 'write a plain " instead'),
    '"': ("E107", "this text has no second quote", 'add " at its end'),
    "{": ("E101", "names stand without { } here", "braces are for messages: write the name alone"),
    "}": ("E101", "names stand without { } here", "braces are for messages: write the name alone"),
    "%": ("E101", "`%` belongs directly behind a number", "write for example `40%`"),
    "^": ("E101", "there are no powers here", "write the multiplication out"),
    "?": ("E101", "there is no `if` inside a condition", "use `tiers:` for several cases"),
    ";": ("E101", "`;` does not fit here", "join conditions with `and` or `or`"),
    "\u00a0": ("E101", "a special space stands here", "replace it by a plain one"),
    "\u20ac": ("E208", "only dollars are understood", "write for example `$500`"),
    "\u00a3": ("E208", "only dollars are understood", "write for example `$500`"),
}
_RUN = re.compile(r"[<>=!&|]+")


def find_sign(text: str, at: int) -> Slip | None:
    """Return the slip of a sign at an offset, or None."""
    for run in _RUN.finditer(text):
        if run.start() <= at < run.end() and run[0] in OPERATORS:
            return _operator(run[0], run.start(), run.end())
    sign = text[at : at + 1]
    if sign == "=":
        return _equals(text, at)
    if sign == "'":
        return _single_quote(text, at)
    if sign in OPERATORS:
        return _operator(sign, at, at + 1)
    if sign in _OTHER_SIGNS:
        code, message, help_text = _OTHER_SIGNS[sign]
        return Slip(code, message, at, at + 1, help_text)
    return None


def _operator(sign: str, start: int, end: int) -> Slip:
    return Slip("E102", f"`{sign}` is not an operator here", start, end, f"write `{OPERATORS[sign]}`")


def _equals(text: str, at: int) -> Slip:
    before = text[:at].rstrip()
    if before[-1:] in set("<>!="):
        sign = before[-1] + "="
        return Slip(
            "E102", f"`{sign}` is written without a space", len(before) - 1, at + 1, f"write `{sign}`"
        )
    return Slip("E102", "a single `=` is not a comparison", at, at + 1, "write `==` to compare")


def _single_quote(text: str, at: int) -> Slip:
    closing = re.compile(r"'|$", re.MULTILINE).search(text, at + 1)
    end = closing.end() if closing else len(text)
    inner = text[at + 1 : end].rstrip("'")
    return Slip("E107", "a text stands in double quotes", at, end, f'write `"{inner}"`')
