"""status.json: whole at every moment, and read with its age."""

import json
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.state import State
from engine.units import SECOND, Instant
from service import client, rules_source
from service.alarms import Alarms
from service.clock import TrustedClock
from service.guarded import Guarded
from service.publish import Publisher
from service.status_file import replace_file
from service.store.audit import GENESIS
from service.store.ends import Ends

NOON = Instant(1_794_927_600 * SECOND)  # 2026-11-17 15:00 UTC, a Tuesday
CALENDAR = rules_source.empty().rules.settings.calendar
MNQ = "CON.F.US.MNQ.Z26"


ENDS = Ends(0, GENESIS, 0, GENESIS)


def guarded(state: State | None = None) -> Guarded:
    return Guarded(
        "alice", 7, "main", "enforce", rules_source.empty().rules, state or State(7, now=NOON), is_begun=True
    )


def test_a_status_is_whole_at_every_moment_that_a_reader_looks(tmp_path: Path) -> None:
    path, done = tmp_path / "status.json", threading.Event()
    replace_file(path, json.dumps({"n": 0, "filler": "x" * 50_000}))

    def write() -> None:
        for number in range(300):
            replace_file(path, json.dumps({"n": number, "filler": "x" * 50_000}))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not done.is_set():
        seen.add(json.loads(path.read_text())["n"])
    writer.join()

    assert len(seen) > 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["status.json"]


def test_a_reader_that_holds_the_file_open_delays_the_status_and_then_costs_one_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tries = tmp_path / "status.json", []
    replace_file(path, "old")

    def held(_self: Path, _target: Path) -> Path:
        tries.append(1)
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("service.status_file.REPLACE_SECONDS", 0.2)
    with pytest.raises(PermissionError):
        replace_file(path, "new")

    assert len(tries) > 2
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_published_status_reads_back_with_its_age_whatever_the_hosts_clock_says(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    clock = TrustedClock(NOON)
    publisher = Publisher(
        tmp_path / "status" / "status.json", [guarded()], clock, Alarms(clock.now), lambda: ENDS
    )
    publisher.enter("running")

    published = client.read_status(tmp_path)

    assert published.is_running
    assert published.age < 5
    assert published.document["venue_time"].startswith("2026-11-17T15:00:0")
    assert published.document["daemon"]["pid"] == os.getpid()

    publisher.enter("stopping")
    assert not client.read_status(tmp_path).is_running


def test_an_old_status_is_shown_but_not_taken_for_a_running_guard(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    old = (datetime.fromtimestamp(0, UTC) + timedelta(days=20_000)).isoformat()
    document = {"written_at": old, "daemon": {"state": "running"}}
    (tmp_path / "status" / "status.json").write_text(json.dumps(document))

    published = client.read_status(tmp_path)

    assert not published.is_running
    assert published.age > 86_400


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"written_at": 5, "daemon": {"state": "x"}}'])
def test_a_status_that_cannot_be_read_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "status").mkdir()
    (tmp_path / "status" / "status.json").write_text(text)

    with pytest.raises(client.StatusMissing) as failure:
        client.read_status(tmp_path)
    assert failure.value.trouble is client.Trouble.UNREADABLE


def test_a_missing_home_and_a_guard_that_never_ran_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(client.StatusMissing, match="risk run"):
        client.read_status(tmp_path)
    with pytest.raises(client.StatusMissing, match="RISK_HOME"):
        client.read_status(tmp_path / "nowhere")
