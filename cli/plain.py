"""plain: foreign text made harmless before it reaches a terminal.

Names and reasons come from the venue and from files. A terminal obeys control characters, bidirectional marks make
text read differently from what it is, and rich reads square brackets as markup. This removes the first two; the
third is avoided by building `rich.text.Text`, never a markup string.
"""

import unicodedata

LONGEST = 300
"""Characters kept of one foreign text: enough for a sentence, too few to push everything else off the screen."""

_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (bidirectional marks too), surrogate, private, unassigned, line and paragraph separators."""


def plain(value: object, longest: int = LONGEST) -> str:
    """Return `value` as one line without anything that a terminal would obey, cut at `longest` characters."""
    text = str(value)[: 4 * longest]
    kept = "".join(_shown(character) for character in text)
    kept = " ".join(kept.split())
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def first_sentence(text: str) -> str:
    """Return a text up to its first full stop; amounts such as $815.35 do not end a sentence."""
    first, stop, _ = text.partition(". ")
    return f"{first}." if stop else first


def _shown(character: str) -> str:
    if character in "\t\n\r":
        return " "
    return "" if unicodedata.category(character) in _FORBIDDEN else character
