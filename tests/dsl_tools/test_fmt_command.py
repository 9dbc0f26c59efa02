"""`risk fmt`: one layout, and never another meaning."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.layout import formatted
from dsl.layout.same import says_the_same
from dsl.problems import Problem, Source

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "rulesets").glob("*/*.yaml"))
SAMPLES = sorted((ROOT / "tests").glob("dsl_*/*samples/*.yaml"))
MESSY = """\


rule:    messy   # called so
title: "quoted # no comment"
why: on two
  lines
mode: shadow
scope: account
# for the next line
params:   # above
    limit: {value:   $5,   max: "$2,000"} # long
    names: [ES,
     NQ] # short
    sizes: {ES: 1, # one
        other: 2}
    # at the end of the block


# before the condition
when: >   # behind a header
   not   limit<$3 and
   day.realized_loss>=limit
then:
- lock:   account # stays
  # inside an action
  until:    not   day.realized_loss>=   limit
- notify: [trader,admin]
message: |
    hello {limit}
      # no comment
    there
tags: []
# the end
"""
NEAT = """\
rule: messy      # called so
title: "quoted # no comment"
why: >
  on two
  lines
mode: shadow
scope: account
# for the next line
params:   # above
  limit: {value: $5, max: "$2,000"}       # long
  names: [ES, NQ]             # short
  sizes: {ES: 1, # one
    other: 2}
  # at the end of the block

# before the condition
when: not limit < $3 and day.realized_loss >= limit  # behind a header
then:
  - lock: account             # stays
    # inside an action
    until: not day.realized_loss >= limit
  - notify: [trader, admin]
message: |
  hello {limit}
    # no comment
  there
tags: []
# the end
"""


def layout(text: str, name: str = "messy.yaml") -> str:
    problems: list[Problem] = []
    found = formatted(Source(name, text), problems)
    assert found is not None, problems
    return found


def test_a_messy_file_becomes_a_neat_one() -> None:
    assert layout(MESSY) == NEAT


def test_a_long_condition_is_broken_at_its_words() -> None:
    long = (
        "day.realized_loss >= $500 and day.total_loss >= $700 and not account.is_locked and account.can_trade"
    )

    assert layout(f"rule: r\nwhen: {long}\n") == (
        "rule: r\nwhen: >\n  day.realized_loss >= $500\n  and day.total_loss >= $700\n"
        "  and not account.is_locked\n  and account.can_trade\n"
    )


def test_a_short_condition_leaves_its_block() -> None:
    assert layout("when: >\n  account.open_loss\n    >= $500\n") == "when: account.open_loss >= $500\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT / "rulesets").as_posix())
def test_shipped_files_have_the_one_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert layout(text, path.as_posix()) == text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_can_be_read_keeps_its_meaning_and_a_second_time_changes_nothing(path: Path) -> None:
    source = Source(path.as_posix(), path.read_text(encoding="utf-8"))
    once = formatted(source, [])
    if once is None:
        return

    assert says_the_same(source, Source(source.path, once))
    assert layout(once, source.path) == once


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SHIPPED), st.randoms(use_true_random=False))
def test_any_spacing_comes_back_to_the_same_meaning(path: Path, chance: Any) -> None:
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        indent = len(line) - len(line.lstrip(" "))
        body = re.sub(
            r" (and|or|>=|<=|\+|-|\*) ", lambda found: found[0] * chance.choice([1, 1, 2]), line.lstrip(" ")
        )
        lines += [
            " " * (indent + 3 * bool(indent)) + body,
            *([""] if not indent and chance.random() < 0.2 else []),
        ]
    source = Source(path.as_posix(), "\n".join(lines) + "\n")

    once = layout(source.text, source.path)

    assert says_the_same(source, Source(source.path, once))
    assert layout(once, source.path) == once


def test_the_command_changes_what_it_names_and_then_nothing(
    tool: Callable[..., Any], starter: Path, content: Callable[[Path], dict[str, bytes]]
) -> None:
    (starter / "messy.yaml").write_text(MESSY, encoding="utf-8")
    before = content(starter)

    checked = tool("fmt", "--check", ".")
    assert (checked.code, checked.out, content(starter)) == (1, "messy.yaml\n", before)
    assert (tool("fmt", ".").code, tool("fmt", "--check", ".").code) == (0, 0)
    assert (starter / "messy.yaml").read_text(encoding="utf-8") == NEAT


def test_a_file_that_cannot_be_read_is_said_and_left_alone(
    tool: Callable[..., Any], starter: Path, content: Callable[[Path], dict[str, bytes]]
) -> None:
    (starter / "broken.yaml").write_text("rule: [a\n", encoding="utf-8")
    before = content(starter)

    ended = tool("fmt", ".")

    assert (ended.code, content(starter)) == (1, before)
    assert "broken.yaml" in ended.err
