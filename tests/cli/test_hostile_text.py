"""Whatever stands in names and reasons of the venue and of files: one line in the log, harmless text on the terminal."""

import io
import json
import re
import runpy
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from cli.act_log import _read
from cli.status_reading import read_status
from cli.views.act_lines import act_line
from cli.views.budgets import budget_lines
from cli.views.checked import checked_lines
from cli.views.days import day_lines
from cli.views.look import Look
from cli.views.status_screen import status_screen
from engine.outcome import Decision, DecisionKind, Outcome
from engine.state import State
from engine.units import SECOND, Instant
from service import rules_source
from service.acts import Acts
from service.guarded import Guarded

STATES = runpy.run_path(str(Path(__file__).with_name("more_states.py")))["STATES"]
CHICAGO = ZoneInfo("America/Chicago")
NOW = Instant(1_794_927_600 * SECOND)
WIDTH = 80

FRAGMENTS = (
    "\r", "\n", "\t", "\x00", "\x07", "\x08", "\x7f", "\x9b31m", "\x1b[2J", "\x1b[1;1H", "\x1b]0;owned\x07",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\", "\x1bP+q\x1b\\", "\u202e", "\u202d", "\u2066", "\u2069",
    "\u200b", "\ufeff", "\u2028", "\u2029", "\x85", "[/bold]", "[red]", "[link=http://evil.example]x[/link]", "[", "\\[",
    ":smile:", "{account}", "%s", "\u00e9", "e\u0301", "\U0001f600", "\u6f22", "\ud800", "\ue000", "\U000e0041",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), min_size=1, max_size=7).map("".join)
KEYS = {
    "name", "venue_name", "title", "subject", "label", "message", "rule", "reason", "end", "scope", "text", "symbol",
    "code", "mode", "mode_reason", "way", "calendar_warning", "waits_for", "because", "tier", "kind", "state", "side",
    "account", "ruleset", "group", "valid_from", "valid_through", "warning", "progress", "color", "level", "unit",
}  # fmt: skip
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
OWN_COLORS = re.compile(r"\x1b\[[0-9;]*m")


def spoiled(value: Any, fresh: Callable[[], str], key: str = "") -> Any:
    """Return a document in which every text that comes from outside is hostile."""
    if isinstance(value, dict):
        return {name: spoiled(inner, fresh, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [spoiled(inner, fresh, key or "rule") if key != "rules" or not isinstance(inner, str) else fresh()
                for inner in value]  # fmt: skip
    return fresh() if isinstance(value, str) and key in KEYS else value


def shown(body: RenderableType, *, is_colored: bool) -> str:
    console = Console(
        file=io.StringIO(), width=WIDTH, markup=False, emoji=False, highlight=False,
        force_terminal=is_colored, color_system="truecolor" if is_colored else None,
    )  # fmt: skip
    console.print(body)
    assert isinstance(console.file, io.StringIO)
    return OWN_COLORS.sub("", console.file.getvalue()) if is_colored else console.file.getvalue()


def assert_harmless(text: str) -> None:
    odd = [hex(ord(one)) for one in text if one != "\n" and unicodedata.category(one) in FORBIDDEN]
    assert odd == []
    text.encode("utf-8")


LOOK = Look(datetime(2026, 11, 24, 20, 23, 30, tzinfo=UTC), WIDTH, CHICAGO, local=CHICAGO)


def status_of(fresh: Callable[[], str], name: str) -> RenderableType:
    return status_screen(read_status(spoiled(STATES[name](), fresh) | FIXED), LOOK, is_running=True, age="1s")


FIXED = {"schema": "risk.status/1"}
FINDING = {"kind": "breach", "title": "t", "rule": "r", "mode": "enforce", "text": "t"}
CHECKED = {
    "verdict": "closed", "text": "NO: x", "name": "MNQ", "account": "a", "side": "buy", "size": 2, "stop_ticks": 3,
    "before": 0, "after": 2, "most": 1, "most_looked_at": 1000, "mode": "shadow", "notes": ["n"],
    "calendar_warning": "w", "findings": [FINDING],
}  # fmt: skip
STOP = {"after": 1, "rule": "r", "title": "t", "text": "t", "until": None}
BUDGET = {
    "account": "a", "mode": "warn", "most_counted": 100, "calendar_warning": "w",
    "losers": [{"loss": "50.00", "left": 2, "end": STOP, "pause": STOP}],
}  # fmt: skip
DAYS = {
    "account": "a", "group": "g", "at": "2026-11-24T14:23:00-06:00", "days": [], "odd_days": [],
    "valid_from": "x", "valid_through": "y", "warning": "w",
}  # fmt: skip


@pytest.mark.parametrize("is_colored", [False, True])
@given(st.sampled_from(sorted(STATES)), st.lists(HOSTILE, min_size=5, max_size=40), st.integers(0, 10**6))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_no_screen_lets_hostile_text_reach_the_terminal(
    is_colored: bool, name: str, texts: list[str], start: int
) -> None:
    place = iter(range(start, start + 10_000))

    def fresh() -> str:
        return texts[next(place) % len(texts)]

    notes = {**spoiled(CHECKED, fresh), "kind": "breach", "verdict": "closed", "notes": [fresh()]}
    notes["findings"] = [{**spoiled(FINDING, fresh), "kind": "breach"}]
    for body in (
        status_of(fresh, name),
        checked_lines(notes),
        budget_lines(spoiled(BUDGET, fresh)),
        day_lines(spoiled(DAYS, fresh)),
    ):
        assert_harmless(shown(body, is_colored=is_colored))


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_an_act_is_one_line_in_the_log_comes_back_whole_and_is_shown_harmlessly(
    folder: Any, name: str, message: str, rule: str
) -> None:
    path = folder / "enforcement.log"
    path.unlink(missing_ok=True)
    acts = Acts(path, 10_000_000, 1)
    account = Guarded(
        name, 7, "main", "enforce", rules_source.empty().rules, State(7, now=NOW), is_begun=True
    )
    decision = Decision("D1", DecisionKind.BREACH, NOW, rule, message=message, cause=message)

    acts.told(account, Outcome(decisions=(decision,)))
    acts.close()

    (line,) = path.read_bytes().splitlines()
    assert line.isascii()
    assert (json.loads(line)["account"], json.loads(line)["text"]) == (name, message)
    act = _read(line.decode())
    assert act is not None
    shown_line = shown(act_line(act, CHICAGO), is_colored=True)
    assert_harmless(shown_line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("acts")
