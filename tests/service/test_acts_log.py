"""The trader's log of acts, written and read."""

from pathlib import Path
from typing import Any

from engine.enforcement import Enforcement, Progress, Reason
from engine.outcome import Decision, DecisionKind, Outcome
from engine.state import State
from engine.units import DAY, SECOND, Instant
from service import client, rules_source
from service.acts import Acts
from service.guarded import Guarded

NOON = Instant(1_794_927_600 * SECOND)  # 2026-11-17 15:00 UTC, a Tuesday
CALENDAR = rules_source.empty().rules.settings.calendar
MNQ = "CON.F.US.MNQ.Z26"


def guarded(state: State | None = None) -> Guarded:
    return Guarded("alice", 7, "main", "enforce", rules_source.empty().rules, state or State(7, now=NOON))


def test_acts_are_lines_that_read_back_in_order_across_rotated_files(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    acts = Acts(tmp_path / "status" / "enforcement.log", max_bytes=2_000, keep=20)
    for number in range(30):
        decision = Decision(
            f"D{number}", DecisionKind.BREACH, Instant(NOON + number), "r", message=f"no {number}\n[/b]"
        )
        acts.told(guarded(), Outcome((decision,)))
    acts.gap("bob", Instant(NOON + 60 * SECOND), NOON)
    acts.close()
    with (tmp_path / "status" / "enforcement.log").open("a") as file:
        file.write('{"schema": "risk.act/1", "kind": "cut off by a ki')

    read = client.read_acts(tmp_path, most=100)

    assert len(list((tmp_path / "status").iterdir())) > 2
    assert [act["id"] for act in read[:-1]] == [f"D{number}" for number in range(30)]
    assert read[3]["text"] == "no 3\n[/b]"
    assert read[-1]["text"] == "the guard was not running for 60 s"
    assert [act["account"] for act in client.read_acts(tmp_path, account="bob")] == ["bob"]
    assert len(client.read_acts(tmp_path, most=5)) == 5
    assert client.read_acts(tmp_path / "nowhere") == []


def test_an_enforcement_is_told_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    acts, account = Acts(tmp_path / "status" / "enforcement.log", 10_000, 1), guarded()
    begun = Enforcement("E1", (Reason("r", "", "why"),), {MNQ: 0}, {MNQ: 3}, False, NOON)
    for one, now in (
        (begun, NOON),
        (_with(begun, sent_at=Instant(NOON + 5_000)), NOON + 5_000),
        (
            _with(
                begun, sent_at=Instant(NOON + 5_000), proven_at=Instant(NOON + DAY), progress=Progress.PROVEN
            ),
            DAY,
        ),
    ):
        account.state = State(7, now=Instant(now))
        acts.told(account, Outcome(enforcements={"E1": one}))
    acts.close()

    assert [(act["progress"], act["sent_ms"]) for act in client.read_acts(tmp_path)] == [
        ("open", None),
        ("proven", 5),
    ]


def _with(one: Enforcement, **changes: Any) -> Enforcement:
    return Enforcement(**{name: getattr(one, name) for name in one.__slots__} | changes)
