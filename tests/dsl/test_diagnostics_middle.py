"""The samples of the diagnostics page come out exactly: place, words and help."""

from pathlib import Path

import pytest

from dsl.pipeline import compile_rule
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.ruleset_build import default_info

SAMPLES = Path(__file__).parents[1] / "dsl_golden" / "samples"
FULL = sorted(path.stem for path in SAMPLES.glob("*.txt"))
SHORT = {
    "mode_enforced": ("E005", "`mode` cannot be `enforced`", (3, 7), "did you mean `enforce`?"),
    "single_equals": ("E102", "a single `=` is not a comparison", (5, 14), "write `==` to compare"),
    "chained": (
        "E103",
        "comparisons cannot be chained",
        (5, 25),
        "write it as two comparisons joined with `and`",
    ),
    "dollar_behind": ("E208", "`500$` is not an amount I understand", (6, 10), "write `$500`"),
    "reset_never": ("E504", "`0 17 31 2 *` never happens", (6, 9), None),
    "unused_param": ("W401", "the parameter `warn_at` is never used", (7, 12), None),
}


def found(name: str) -> list[Problem]:
    text = (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    return compile_rule(Source(f"rulesets/demo/{name}.yaml", text), default_info(), {})[1]


@pytest.mark.parametrize("name", FULL)
def test_a_sample_gives_exactly_its_text(name: str) -> None:
    expected = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")

    assert render_text(found(name)).strip() == expected.strip()


@pytest.mark.parametrize("name", SHORT)
def test_a_short_sample_gives_its_code_words_place_and_help(name: str) -> None:
    code, message, place, help_text = SHORT[name]

    (problem,) = found(name)

    assert (problem.code, problem.message) == (code, message)
    if name != "reset_never":
        assert problem.span.place == place
    assert help_text is None or problem.help == help_text
