"""Examples in the rule language that stand in the documentation of functions, and signatures as people write them."""

import inspect
import re
from collections.abc import Callable

from dsl.signature import signature

_EXAMPLE = re.compile(r""">>> (value|kind)\("(.*)"\)\n'(.*)'""")


def examples_of(function: Callable[..., object]) -> list[tuple[str, str]]:
    """Return what can be written and what comes out, for each example in the documentation of a function."""
    return [(text, result) for _, text, result in _EXAMPLE.findall(inspect.getdoc(function) or "")]


def form_of(word: str, function: Callable[..., object]) -> str:
    """Return how a function is called, with the kinds it takes and gives."""
    known = signature(function)
    taken = ", ".join(f"{parameter.name}: {str(parameter.kind).lower()}" for parameter in known.parameters)
    return f"{word}({taken}) -> {str(known.result).lower()}"
