"""Findings with color: the text stays exactly the same, only its marks are painted."""

import re

from rich.text import Text

_PAINT = (
    (re.compile(r"^error\[[A-Z]\d+\]", re.MULTILINE), "bold red"),
    (re.compile(r"^warning\[[A-Z]\d+\]", re.MULTILINE), "bold yellow"),
    (re.compile(r"^ *--> .*$", re.MULTILINE), "cyan"),
    (re.compile(r"(?<=\| )[ ]*\^+.*$", re.MULTILINE), "red"),
    (re.compile(r"(?<=\| )[ ]*-+ .*$", re.MULTILINE), "blue"),
    (re.compile(r"^ *= help:", re.MULTILINE), "bold green"),
    (re.compile(r"^ *= note:", re.MULTILINE), "bold"),
    (re.compile(r"^FAIL\b", re.MULTILINE), "bold red"),
    (re.compile(r"^ok\b", re.MULTILINE), "green"),
)


def colored(text: str) -> Text:
    """Return the findings, painted."""
    painted = Text(text)
    for pattern, style in _PAINT:
        for match in pattern.finditer(text):
            painted.stylize(style, match.start(), match.end())
    return painted
