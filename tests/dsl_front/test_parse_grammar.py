"""The grammar is LALR(1) without conflicts or colliding words, and its tables are kept in a safe place."""

from pathlib import Path

import pytest
from lark import Lark

import dsl
from dsl.parse_grammar import parser

GRAMMAR = (Path(dsl.__file__).parent / "grammar.lark").read_text(encoding="utf-8")


def test_the_grammar_passes_strict_mode() -> None:
    pytest.importorskip("interegular", reason="Lark's strict mode needs it")

    Lark(GRAMMAR, parser="lalr", start=["start", "value"], strict=True)


def test_the_tables_are_not_kept_where_everybody_may_write() -> None:
    kept = parser().options.cache

    assert kept is False or Path(str(kept)).parent.name == "__pycache__"


def test_the_parser_is_built_once() -> None:
    assert parser() is parser()
