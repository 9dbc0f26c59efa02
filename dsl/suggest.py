"""What a misspelt word was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

CUTOFF = 0.7
"""How alike two words must be, from 0 to 1. Lower suggests words that nobody meant."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word most like `word`, None if none is like it."""
    close = get_close_matches(word, sorted(words), n=1, cutoff=CUTOFF)
    return close[0] if close else None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return the question, or nothing."""
    close = nearest(word, words)
    return f"did you mean `{close}`?" if close else ""
