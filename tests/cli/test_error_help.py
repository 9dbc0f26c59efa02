"""Every code that a finding can carry is explained by `risk help CODE`."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.error_help import EXPLAINED

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r'"([A-Z]\d{3})"')


def codes_in_use() -> set[str]:
    sources = [*(ROOT / "dsl").rglob("*.py"), *(ROOT / "service").rglob("*.py")]
    return {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_in_use_is_explained() -> None:
    assert codes_in_use() - set(EXPLAINED) == set()


def test_no_code_is_explained_that_nothing_reports() -> None:
    assert set(EXPLAINED) - codes_in_use() == set()


def test_help_prints_the_explanation(risk: Callable[..., Any]) -> None:
    ended = risk("help", "e201")

    assert ended.code == 0
    assert ended.out.startswith("E201: ")
    assert "$500" in ended.out
