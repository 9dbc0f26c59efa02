"""Whatever stands in a file, the whole road answers with problems: no exception, at once, each at a place that exists."""

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsl.action_specs import SPECS
from dsl.aggregates import AGGREGATES
from dsl.facts import FACTS
from dsl.functions import FUNCTIONS
from dsl.layout import formatted
from dsl.pipeline import validate
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.render_formats import render_github, render_json
from dsl.streams import STREAMS

ROOT = Path(__file__).parents[2]
RULES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "rulesets").glob("*/*.yaml"))]
SAMPLES = [
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").glob("dsl_*/*samples/*.yaml"))
]
SLOWEST = 5.0
"""Seconds for one file, on a busy machine; the usual time is some milliseconds."""

WORDS = [
    *FACTS, *FUNCTIONS, *AGGREGATES, *STREAMS, *SPECS,
    "and", "or", "not", "in", "of", "where", "over", "since", "last", "session", "trading_day", "reset", "start",
    "(", ")", "[", "]", ",", "+", "-", "*", "/", "<", "<=", ">=", "==", "!=", "=", "&&", "#", ":", '"', "{", "}",
    "$500", "-$500", "500$", "$1,000", "5 contracts", "10 ticks", "15m", "1h30m", "40%", "3", "0", "ES", "ESZ6", "6E",
    "09:30", "08:30..15:00", "25:00", "true", "false", "limit", "unlimited", "symbol", "pnl", "manual", "999999999999999",
]  # fmt: skip
RULE = """rule: fuzzed
title: t
mode: enforce
scope: {scope}
params:
  limit: {param}
let:
  named: {let}
when: >
  {when}
clear_when: >
  {clear}
if_unknown: hold
reset: trading_day
then:
  - {action}
message: now {{{said}}}
warn:
  when: >
    {warn}
  message: soon
"""
EXPRESSION = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
ACTION = st.tuples(st.sampled_from(list(SPECS)), EXPRESSION, EXPRESSION).map(
    lambda part: f"{part[0]}: {part[1]}\n    until: {part[2]}"
)


def answered(path: Path, text: str) -> list[Problem]:
    """Check a file the whole way, and hold the answer to its promises."""
    path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    begun = time.perf_counter()
    problems = validate(path)
    assert time.perf_counter() - begun < SLOWEST
    for problem in problems:
        length = len(problem.span.source.text)
        assert 0 <= problem.span.start <= problem.span.end <= length, problem
        assert problem.message
        assert problem.help.count("\n") <= 1
    assert bool(render_text(problems)) == bool(problems)
    render_json(problems)
    render_github(problems)
    laid_out = formatted(Source(path.as_posix(), text), [])  # raises if the meaning would change
    assert laid_out is None or formatted(Source(path.as_posix(), laid_out), []) == laid_out
    return problems


@pytest.fixture(scope="module")
def rule_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of a rule that stands alone, written anew by each example."""
    return tmp_path_factory.mktemp("fuzz") / "fuzzed.yaml"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pack")


FUZZ = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=200)


@FUZZ
@given(text=st.text(max_size=400) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_answered(rule_file: Path, text: str) -> None:
    answered(rule_file, text)


@FUZZ
@given(
    parts=st.fixed_dictionaries(
        {
            "scope": st.sampled_from(["account", "symbol", "position", "trade"]),
            "param": EXPRESSION,
            "let": EXPRESSION,
            "when": EXPRESSION,
            "clear": EXPRESSION,
            "action": ACTION,
            "said": EXPRESSION,
            "warn": EXPRESSION,
        }
    )
)
def test_a_rule_of_any_words_is_answered(rule_file: Path, parts: dict[str, str]) -> None:
    answered(rule_file, RULE.format(**parts))


def spoiled(text: str, chance: Random) -> str:
    """Return a text after some of the accidents that happen while people edit."""
    lines = text.splitlines() or [""]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        line = lines[place]
        match chance.randrange(7):
            case 0:
                del lines[place]
                lines = lines or [""]
            case 1:
                lines.insert(place, line)
            case 2:
                lines.insert(chance.randrange(len(lines)), line)
            case 3:
                lines[place] = " " * chance.randrange(5) + line.lstrip()
            case 4:
                words = line.split(" ")
                words[chance.randrange(len(words))] = chance.choice(WORDS)
                lines[place] = " ".join(words)
            case 5:
                cut = chance.randrange(len(line) + 1)
                lines[place] = line[:cut] + chance.choice(
                    ["", "\t", "é", "\u202e", '"', "'", "&a ", "*a", "#", "\x00"]
                )
            case _:
                lines[place] = line.swapcase()
    return "\n".join(lines) + chance.choice(["", "\n"])


@FUZZ
@given(text=st.sampled_from([*RULES, *SAMPLES]), chance=st.randoms(use_true_random=False))
def test_a_spoiled_rule_is_answered(rule_file: Path, text: str, chance: Random) -> None:
    answered(rule_file, spoiled(text, chance))


@settings(FUZZ, max_examples=60)
@given(chance=st.randoms(use_true_random=False))
def test_a_spoiled_pack_is_answered(pack: Path, chance: Random) -> None:
    for name in ("ruleset.yaml", "lists.yaml", "symbol_blocks.yaml", "daily_realized_loss.yaml"):
        text = (ROOT / "rulesets" / "starter" / name).read_text(encoding="utf-8")
        (pack / name).write_text(spoiled(text, chance) if chance.random() < 0.6 else text, encoding="utf-8")

    render_text(validate(pack))


@pytest.mark.nightly
def test_ten_minutes_of_accidents_are_answered(rule_file: Path) -> None:
    """Nothing is kept between examples, so that a failure shows its seed and can be played again."""
    end, seed = time.monotonic() + 600, 0
    while time.monotonic() < end:
        chance = Random(seed)  # noqa: S311  for accidents, not for secrets
        text = spoiled(spoiled(chance.choice([*RULES, *SAMPLES]), chance), chance)
        try:
            answered(rule_file, text)
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        seed += 1
