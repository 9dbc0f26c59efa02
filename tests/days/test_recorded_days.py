"""What each rule of the starter pack decides over a day made for it: warned, broken, restarted and let go again."""

import runpy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from engine.events import Event, GuardStarted
from engine.outcome import Decision
from service.store.encode import from_text

HERE = Path(__file__).parent
STARTER = HERE.parents[1] / "rulesets" / "starter"
ZONE = ZoneInfo("America/Chicago")
DAYS = sorted((HERE / "recorded").glob("*.jsonl"))

REPLAY = runpy.run_path(str(HERE / "record_days.py"))["replay"]


HEAD = "time | kind | rule | subject | wants | cause | message"


class TextSnapshot(SingleFileSnapshotExtension):
    """One plain text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def clock(at: int) -> str:
    return f"{datetime.fromtimestamp(at // 1_000_000, UTC).astimezone(ZONE):%a %H:%M:%S}"


def in_words(decision: Decision) -> str:
    subject = decision.subject.removeprefix("CON.F.US.")
    parts = (
        clock(decision.at),
        str(decision.kind),
        "/".join(filter(None, (decision.rule, decision.tier))),
        subject,
        ", ".join(decision.wants),
        decision.cause,
        decision.message.strip(),
    )
    return " | ".join(parts)


def test_every_rule_of_the_starter_pack_has_a_day() -> None:
    assert [day.stem for day in DAYS] == sorted(
        path.stem for path in STARTER.glob("*.yaml") if path.stem not in {"ruleset", "lists"}
    )


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.stem)
def test_the_decisions_of_the_day_are_the_reviewed_ones(day: Path, snapshot: Any) -> None:
    heard = day.read_text(encoding="utf-8").splitlines()

    decisions = list(REPLAY(day.stem, heard))

    kinds = {str(decision.kind) for decision in decisions}
    assert "breach" in kinds
    assert "fault" not in kinds
    starts = [event for line in heard if isinstance(event := from_text(line, Event), GuardStarted)]
    assert len(starts) > 1, "a day without a restart shows half of a rule"
    lines = [(decision.at, in_words(decision)) for decision in decisions]
    lines += [(start.at, f"{clock(start.at)} | restart") for start in starts[1:]]
    told = [words for _, words in sorted(lines, key=lambda line: line[0])]
    assert "\n".join([HEAD, *told]) + "\n" == snapshot.use_extension(TextSnapshot)
