"""What is told once, what is told too soon, and what is tried again."""

import json
from pathlib import Path

from engine.units import DAY, MINUTE, SECOND, Duration, Instant
from service.alarms import Alarms
from service.notify.following import ActTail
from service.notify.messages import Note, of_act
from service.notify.outbox import Due, Outbox
from service.notify.postman import Postman
from service.notify.settings import LEVELS, Person

NOON = Instant(1_794_927_600 * SECOND)
PARTNER = Person("partner", frozenset(LEVELS), frozenset(), Duration(5 * MINUTE))
LOCK = Note("lock", "alice", "lock/alice/7", "alice is locked", "until 17:00")


def warning(number: int) -> Note:
    return Note("warning", "alice", f"warn-{number}", "alice: near", "", "warn/alice/daily_loss")


def due(box: Outbox, now: int = NOON) -> list[Due]:
    return box.due("partner", Instant(now))


def test_one_note_is_told_exactly_once_across_a_hundred_restarts(tmp_path: Path) -> None:
    told = 0
    for _ in range(100):
        box = Outbox(tmp_path / "outbox.sqlite")
        box.add(LOCK, (PARTNER,), NOON)
        for one in due(box):
            told += 1
            box.sent(one, NOON)
        box.close()

    assert told == 1


def test_what_was_not_told_before_a_crash_is_told_after_it(tmp_path: Path) -> None:
    Outbox(tmp_path / "outbox.sqlite").add(LOCK, (PARTNER,), NOON)

    assert [one.title for one in due(Outbox(tmp_path / "outbox.sqlite"))] == ["alice is locked"]


def test_warnings_of_one_rule_come_once_in_five_minutes_and_locks_always(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "outbox.sqlite")
    for number, at in enumerate((0, 60, 299, 301, 400)):
        box.add(warning(number), (PARTNER,), Instant(NOON + at * SECOND))
        box.add(
            Note("lock", "alice", f"lock-{number}", "locked", ""), (PARTNER,), Instant(NOON + at * SECOND)
        )

    told = [one.title for one in due(box, NOON + DAY)]

    assert told.count("alice: near") == 2
    assert told.count("locked") == 5


def test_a_person_hears_only_of_his_levels_and_accounts(tmp_path: Path) -> None:
    picky = Person("partner", frozenset({"lock"}), frozenset({"bob"}), Duration(MINUTE))
    box = Outbox(tmp_path / "outbox.sqlite")
    box.add(LOCK, (picky,), NOON)
    box.add(warning(1), (picky,), NOON)
    box.add(Note("lock", "bob", "lock/bob/1", "bob is locked", ""), (picky,), NOON)

    assert [one.title for one in due(box)] == ["bob is locked"]


def test_a_failure_is_tried_again_later_and_given_up_after_a_day(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "outbox.sqlite")
    box.add(LOCK, (PARTNER,), NOON)
    box.failed(due(box)[0], NOON)

    assert due(box, NOON + 9 * SECOND) == []
    [again] = due(box, NOON + 10 * SECOND)
    assert again.tries == 1
    box.failed(again, Instant(NOON + DAY + MINUTE))
    assert due(box, NOON + 3 * DAY) == []


def test_a_channel_that_raises_costs_a_try_and_its_text_reaches_no_log(
    tmp_path: Path, caplog: object
) -> None:
    box = Outbox(tmp_path / "outbox.sqlite")
    box.add(
        LOCK, (Person("partner", frozenset(LEVELS), frozenset(), Duration(MINUTE), ("x://CANARY",)),), NOON
    )

    def broken(addresses: tuple[str, ...], _title: str, _text: str) -> bool:
        raise RuntimeError(f"no way to {addresses[0]}")

    person = Person("partner", frozenset(LEVELS), frozenset(), Duration(MINUTE), ("x://CANARY",))
    postman = Postman(person, box, broken, Alarms(lambda: NOON), lambda: NOON)
    postman.start()
    postman.stop()

    assert postman.join()
    assert "telling partner failed: RuntimeError" in caplog.text  # type: ignore[attr-defined]
    assert "CANARY" not in caplog.text  # type: ignore[attr-defined]


def test_the_log_is_followed_across_its_rotation_and_a_half_written_line(tmp_path: Path) -> None:
    path = tmp_path / "enforcement.log"
    path.write_text(_line(1) + _line(2))
    tail = ActTail(path, "2026-11-24T15:00:02")

    assert [act["id"] for act in tail.fresh()] == ["2"]
    with path.open("a") as file:
        file.write(_line(3) + _line(4)[:20])
    assert [act["id"] for act in tail.fresh()] == ["3"]
    with path.open("a") as file:
        file.write(_line(4)[20:])
    path.rename(tmp_path / "enforcement.log.1")
    path.write_text(_line(5))

    assert [act["id"] for act in tail.fresh()] == ["4", "5"]
    assert list(tail.fresh()) == []


def test_a_breach_alone_is_for_the_log_and_an_escalation_is_for_people() -> None:
    assert of_act({"kind": "breach", "account": "alice", "rule": "x"}) is None
    told = of_act(
        {"kind": "enforcement", "account": "alice", "rule": "x", "progress": "escalated", "at": "t"}
    )

    assert told is not None
    assert told.title == "alice: NOT DONE, look at the platform"
    assert told.group == ""


def _line(number: int) -> str:
    return json.dumps({"at": f"2026-11-24T15:00:0{number}", "kind": "gap", "id": str(number)}) + "\n"
