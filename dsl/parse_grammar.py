"""The Lark parser of `grammar.lark`, built once a process and kept on disk between runs."""

import sys
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from lark import Lark

_GRAMMAR = Path(__file__).with_name("grammar.lark")


@cache
def parser() -> Lark:
    """Return the parser; `expr` reads an expression, `value` what a parameter may be."""
    return Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        start=["start", "value"],
        propagate_positions=True,
        cache=_cache_file(),
    )


def _cache_file() -> str | bool:
    """Return where the tables are kept: beside Python's own compiled files.

    Lark's default is a file with a known name in the folder for temporary files, unpickled when it is there: whoever
    may write there could run code in the daemon. Who can write beside the compiled files can do so anyway.
    """
    if sys.dont_write_bytecode:
        return False
    folder = Path(cache_from_source(__file__)).parent
    return str(folder / f"grammar.{sys.implementation.cache_tag}.lark") if folder.is_dir() else False
