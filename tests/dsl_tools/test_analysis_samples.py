"""Findings of the second level: each sample gives exactly its golden text, and their opposites give none."""

from pathlib import Path

import pytest

from dsl.pipeline import validate
from dsl.render import render_text

SAMPLES = Path(__file__).parent / "analysis_samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.yaml"))


@pytest.fixture(autouse=True)
def _demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rulesets" / "demo").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)


def said_about(name: str, old: str = "", new: str = "") -> str:
    text = (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    target = Path("rulesets", "demo", f"{name}.yaml")
    target.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return render_text(validate(target))


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_reads_as_it_did(name: str) -> None:
    assert said_about(name) + "\n" == (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("never_named", " - $900", ""),
        ("never_together", "day.total_profit", "day.realized_profit"),
        ("never_between", " and ", " or "),
        ("never_listed", "[]", "[RTY]"),
        ("never_clock", "11:00", "09:30"),
        ("never_tier", "day.realized_pnl >= $0", "day.total_pnl >= $0"),
        ("always_zero", "limit: $0", "limit: $1"),
        ("always_either", " or ", " and "),
        ("pointless_small", "medium: $100", "medium: $300"),
        ("pointless_small", "cooldown: 15m", "cooldown: 4m"),
        ("late_warning", "120%", "80%"),
        ("late_fixed", "8 contracts", "3 contracts"),
        ("late_fixed", "then:", "for: 30s\nthen:"),
        ("late_floor", "0 - allowance", "allowance"),
        ("flapping", "$350", "$250"),
        ("endless_profit", "until: day.realized_pnl > $0", "until: day.realized_loss < $500"),
        ("endless_profit", "  - flatten: account\n", ""),
        ("endless_count", "> 2", "< 2"),
        ("closed_weeks", ", 2026-12-28", ""),
    ],
)
def test_what_was_found_is_gone_after_the_edit(name: str, old: str, new: str) -> None:
    said = said_about(name, old, new)

    assert "[A3" not in said


def test_a_lock_until_the_opposite_of_the_condition_is_meant_so(tmp_path: Path) -> None:
    said = said_about(
        "endless_profit",
        "when: day.realized_loss >= $500\nthen:\n  - flatten: account\n  - lock: account\n    until: day.realized_pnl > $0",
        "when: day.realized_pnl <= $0\nthen:\n  - flatten: account\n  - lock: account\n    until: day.realized_pnl > $0",
    )

    assert said == ""


def test_a_rule_that_always_fires_is_said_once() -> None:
    said = said_about("late_warning", "limit: $500", "limit: $0")

    assert (said.count("[A302]"), said.count("[A305]")) == (1, 0)
