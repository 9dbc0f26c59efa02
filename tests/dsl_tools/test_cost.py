"""`risk validate --cost`: what it says about work and memory is not less than what windows take."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dsl.aggregates import AGGREGATES
from dsl.cost import BYTES_OF_VALUE, bytes_of_item, costs_of, render_cost
from engine.units import SECOND, Instant

START = 1_741_359_600_000_000
"""An instant of 2025: small numbers would take less memory."""

RULE = """rule: r
title: t
mode: shadow
scope: {scope}
params:
  limit: 3
when: >
  {when}
if_unknown: hold
then:
  - notify: trader
"""


def bytes_of(held: Any) -> int:
    """Return what a state takes with everything in it; chunks' own headers are shared by 64 items."""
    inner = sum(bytes_of(part) for part in held) if isinstance(held, tuple) else 0
    return sys.getsizeof(held) + inner


def cost(tmp_path: Path, when: str, scope: str = "account") -> str:
    path = tmp_path / "r.yaml"
    path.write_text(RULE.format(when=when, scope=scope), encoding="utf-8")
    return render_cost(costs_of([path]))


@pytest.mark.parametrize("word", [word for word in AGGREGATES if word != "last"])
def test_a_rolling_item_takes_no_more_than_is_said(word: str) -> None:
    accumulator, count = AGGREGATES[word].make(True), 1000
    held = accumulator.empty()
    for place in range(count):
        value = 10_000_000_000 * (place + 1) if word != "max" else 10_000_000_000 * (count - place)
        held = accumulator.add(held, value, Instant(START + place * SECOND))

    assert bytes_of(held) <= count * bytes_of_item(word) + count // 64 * 112 + 1_000


@pytest.mark.parametrize("word", AGGREGATES)
def test_any_other_window_keeps_one_value(word: str) -> None:
    accumulator = AGGREGATES[word].make(False)
    held = accumulator.empty()
    for place in range(1000):
        held = accumulator.add(held, 10**15 + place, Instant(START + place * SECOND))

    assert bytes_of(held) <= 4 * BYTES_OF_VALUE


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("count(entries over last 1m) >= limit", "one when it leaves; memory: at most 200 items, 8 KB"),
        ("sum(pnl of fills over last 1h) >= $5", "memory: at most 60,000 items, 7.3 MB"),
        ("count(entries over session) >= limit", "work: one at each of the entries; memory: at most 1 item"),
        (
            "max(account.equity over last 1m) >= $5",
            "work: one at each change, one when it leaves; memory: at most 2,520",
        ),
        (
            "drawdown(pnl of trades over last 1m) >= $5",
            "work: two at each of the trades, one when it leaves; memory: at most 200 items, 27 KB",
        ),
        ("count(positions) >= limit", "work: one for each of the positions there are; memory: none"),
        ("account.can_trade", "r: no window\n0 windows in 1 rules"),
    ],
)
def test_a_window_says_its_work_and_its_memory(tmp_path: Path, when: str, line: str) -> None:
    assert line in cost(tmp_path, when)


def test_what_is_written_twice_is_one_window(tmp_path: Path) -> None:
    twice = "count(entries over last 1m) >= limit or count(entries over  last 1m) == 2"

    assert "1 windows in 1 rules" in cost(tmp_path, twice)


def test_the_command_prints_the_costs_of_a_pack(tool: Callable[..., Any], starter: Path) -> None:
    ended = tool("validate", "--cost", ".")

    assert ended.code == 0
    assert "trade_frequency_limit: for the account\n  count(entries over last 1m)\n" in ended.out
    assert tool("validate", "--cost", "--format", "json", ".").code == 2
