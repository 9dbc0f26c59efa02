"""A recorded day replays to the decisions it recorded, bit for bit, and these are the ones we reviewed."""

from pathlib import Path
from typing import Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from dsl.pipeline import load_ruleset
from engine.events import Event
from engine.outcome import Decision
from engine.state import State
from engine.step import step
from service.store.encode import from_text, to_text

HERE = Path(__file__).parent
ACCOUNT = 9_120_345


class TextSnapshot(SingleFileSnapshotExtension):
    """One plain text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture(scope="module")
def replayed() -> tuple[list[str], list[str]]:
    """Return the decisions as recorded and as decided now, both as text."""
    loaded = load_ruleset(HERE / "rules")
    assert loaded.ruleset is not None, loaded.problems
    recorded, decided, state = [], [], None
    for line in (HERE / "day.jsonl").read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition(" ")
        if kind == "decision":
            recorded.append(text)
            continue
        event: Any = from_text(text, Event)
        state = state if state is not None else State(ACCOUNT, started_at=event.at)
        state, outcome = step(state, event, loaded.ruleset)
        decided.extend(to_text(decision, Decision) for decision in outcome.decisions)
    return recorded, decided


def test_the_recorded_day_replays_to_the_same_decisions(replayed: tuple[list[str], list[str]]) -> None:
    recorded, decided = replayed

    assert len(recorded) > 100
    assert decided == recorded


def test_the_decisions_of_the_day_are_the_reviewed_ones(
    replayed: tuple[list[str], list[str]], snapshot: Any
) -> None:
    lines = [_in_words(from_text(text, Decision)) for text in replayed[1]]

    assert "\n".join(lines) == snapshot.use_extension(TextSnapshot)


def _in_words(decision: Decision) -> str:
    seconds = decision.at // 1_000_000 - 6 * 3600  # Chicago in November
    clock = f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    subject = decision.subject.removeprefix("CON.F.US.")
    parts = [clock, decision.kind.value, decision.rule, subject, ", ".join(decision.wants), decision.cause]
    return " | ".join(part for part in parts if part) + (
        f" | {decision.message.strip()}" if decision.message else ""
    )
