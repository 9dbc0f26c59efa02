"""Brackets of an expression that do not match."""

import re

from dsl.slip_signs import Slip

_CLOSERS = {"(": ")", "[": "]"}
_BRACKET = re.compile(r"\"[^\"\n]*\"|[()\[\]]")


def open_bracket(text: str) -> Slip | None:
    """Return the last bracket that is never closed, or None."""
    waiting = _waiting(text, len(text))
    if not waiting:
        return None
    at = waiting[-1]
    return Slip("E105", f"this `{text[at]}` is never closed", at, at + 1, f"add `{_CLOSERS[text[at]]}`")


def stray_bracket(text: str, at: int) -> Slip | None:
    """Return the closing bracket at an offset if none was open for it, or if nothing stands before it."""
    sign = text[at : at + 1]
    if sign not in (")", "]"):
        return None
    waiting = _waiting(text, at)
    if not waiting:
        return Slip(
            "E105", f"this `{sign}` closes nothing", at, at + 1, "delete it, or open a bracket before"
        )
    if _CLOSERS[text[waiting[-1]]] != sign:
        opener = text[waiting[-1]]
        return Slip("E105", f"`{opener}` is closed by `{sign}`", at, at + 1, f"write `{_CLOSERS[opener]}`")
    return Slip("E106", f"something is missing before this `{sign}`", at, at + 1, "finish what stands inside")


def nesting(text: str) -> int:
    """Return how many brackets are open at once at most."""
    deepest = depth = 0
    for found in _BRACKET.finditer(text):
        depth += (found[0] in _CLOSERS) - (found[0] in _CLOSERS.values())
        deepest = max(deepest, depth)
    return deepest


def _waiting(text: str, end: int) -> list[int]:
    """Return the offsets of the brackets that are open at `end`."""
    waiting: list[int] = []
    for found in _BRACKET.finditer(text, 0, end):
        if found[0] in _CLOSERS:
            waiting.append(found.start())
        elif found[0] in _CLOSERS.values() and waiting and _CLOSERS[text[waiting[-1]]] == found[0]:
            waiting.pop()
    return waiting
