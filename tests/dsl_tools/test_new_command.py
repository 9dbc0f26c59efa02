"""`risk new rule`: both files are valid, and the test passes, as they stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dsl.skeleton import SKELETONS

Tool = Callable[..., Any]


@pytest.mark.parametrize("scope", SKELETONS)
def test_a_new_rule_is_valid_laid_out_and_tested(tool: Tool, starter: Path, scope: str) -> None:
    made = tool("new", "rule", f"my_{scope}", "--scope", scope)

    assert (made.code, made.out) == (0, f"my_{scope}.yaml\ntests/my_{scope}.test.yaml\n")
    assert tool("validate", "--strict", ".").code == 0
    assert tool("test", f"my_{scope}.yaml").code == 0
    assert tool("fmt", "--check", ".").code == 0
    assert tool("describe", f"my_{scope}.yaml").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rule", "max_contracts"], "max_contracts.yaml is there already"),
        (["rule", "MaxLoss"], "cannot be the name of a rule"),
        (["rule", "../outside"], "cannot be the name of a rule"),
        (["rule", "mine", "--scope", "day"], "there is no scope `day`"),
        (["pack", "mine"], "`pack` cannot be made"),
        (["rule", "mine", "--ruleset", "nowhere"], "there is no ruleset folder"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    tool: Tool,
    starter: Path,
    content: Callable[[Path], dict[str, bytes]],
    arguments: list[str],
    said: str,
) -> None:
    before = content(starter)

    ended = tool("new", *arguments)

    assert (ended.code, content(starter)) == (2, before)
    assert said in ended.err
