"""Every sample of the diagnostics gives exactly its golden text, through the whole road of the language."""

import re
from pathlib import Path

import pytest

import dsl
from dsl.pipeline import validate
from dsl.render import render_text

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.yaml"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where a ruleset called demo is, as the samples' paths say."""
    (tmp_path / "rulesets" / "demo").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)


def said_about(name: str) -> str:
    target = Path("rulesets", "demo", f"{name}.yaml")
    target.write_bytes((SAMPLES / f"{name}.yaml").read_bytes())
    return render_text(validate(target))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_its_golden_text(name: str) -> None:
    assert said_about(name) + "\n" == (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_text_has_its_sample() -> None:
    assert sorted(path.stem for path in SAMPLES.glob("*.txt")) == NAMES


@pytest.mark.parametrize(
    ("name", "first", "place", "hint"),
    [
        ("mode_enforced", "error[E005]: `mode` cannot be `enforced`", "3:7", "did you mean `enforce`?"),
        ("single_equals", "error[E102]: a single `=` is not a comparison", "5:14", "write `==` to compare"),
        (
            "chained",
            "error[E103]: comparisons cannot be chained",
            "5:25",
            "write it as two comparisons joined with `and`",
        ),
        ("dollar_behind", "error[E208]: `500$` is not an amount I understand", "6:10", "write `$500`"),
        ("reset_never", "error[E504]: `0 17 31 2 *` never happens", "10:9", ""),
        ("unused_param", "warning[W401]: the parameter `warn_at` is never used", "7:12", ""),
    ],
)
def test_a_short_sample_has_its_first_line_place_and_help(
    name: str, first: str, place: str, hint: str
) -> None:
    lines = said_about(name).split("\n")
    helps = [line.strip() for line in lines if line.strip().startswith("= help: ")]

    assert lines[:2] == [first, f" --> rulesets/demo/{name}.yaml:{place}"]
    assert not hint or helps[0] == f"= help: {hint}"


WITHOUT_SAMPLE = {
    "E013": "a path that is no file has no text to show",
    "E017": "stands in ruleset.yaml; see tests of ruleset documents",
    "E018": "what the language has and this version does not do yet: goes away",
}


def test_every_mistake_of_files_and_syntax_has_a_sample() -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path(dsl.__file__).parent.glob("*.py"))
    codes = {code for source in sources for code in re.findall(r'"(E[01]\d\d)"', source)}
    shown = {
        code for text in SAMPLES.glob("*.txt") for code in re.findall(r"\[(\w+)\]:", text.read_text("utf-8"))
    }

    assert codes - shown - WITHOUT_SAMPLE.keys() == set()
