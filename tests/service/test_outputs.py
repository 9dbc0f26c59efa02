"""What leaves the daemon: the status, the trader's log, the log files, and how they are read."""

import json
import logging
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.secret import Secret
from engine.enforcement import Enforcement, Progress, Reason
from engine.instruments import Instrument
from engine.locks import EndKind, LockEnd
from engine.outcome import Decision, DecisionKind, Outcome
from engine.state import State
from engine.units import DAY, HOUR, PRICE_SCALE, SCALE, SECOND, Instant, Money, Price
from service import client, rules_source
from service.acts import Acts
from service.alarms import Alarms
from service.clock import TrustedClock
from service.guarded import Guarded
from service.iso import amount, iso, milliseconds, money, price
from service.logs import Logs
from service.publish import Publisher, replace_file
from service.published.days import trading_day
from service.settings import LogSettings
from service.wording import enforcement_text, lock_end

NOON = Instant(1_794_927_600 * SECOND)  # 2026-11-17 15:00 UTC, a Tuesday
CALENDAR = rules_source.empty().rules.settings.calendar
MNQ = "CON.F.US.MNQ.Z26"


def guarded(state: State | None = None) -> Guarded:
    return Guarded("alice", 7, "main", "enforce", rules_source.empty().rules, state or State(7, now=NOON))


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (0, "0.00"),
        (1_500_000, "1.50"),
        (-12_340_000, "-12.34"),
        (7_812_500, "7.8125"),
        (1, "0.000001"),
        (None, None),
    ],
)
def test_money_has_its_cents_and_never_loses_a_part(steps: int | None, text: str | None) -> None:
    assert money(steps) == text


def test_quantities_and_prices_are_plain_decimals() -> None:
    assert [amount(steps) for steps in (0, 3 * SCALE, -SCALE // 2, None)] == ["0", "3", "-0.5", None]
    assert amount(100 * SCALE) == "100"
    assert price(25_510 * PRICE_SCALE + PRICE_SCALE // 4) == "25510.25"
    assert milliseconds(0, 1_499) == 1
    assert iso(0) == "1970-01-01T00:00:00.000+00:00"


@pytest.mark.parametrize(
    ("hours", "day"),
    [(0, "2026-11-17"), (7.99, "2026-11-17"), (8, "2026-11-18"), (72 + 8, "2026-11-23"), (120, "2026-11-23")],
)
def test_the_trading_day_carries_the_date_on_which_it_ends(hours: float, day: str) -> None:
    """15:00 UTC is 09:00 in Chicago; after Friday's end the next trading day is Monday's."""
    assert trading_day(CALENDAR, Instant(NOON + int(hours * HOUR))) == day


def test_the_end_of_a_lock_is_said_in_words() -> None:
    ends = [
        LockEnd(EndKind.INSTANT, Instant(NOON + 8 * HOUR)),
        LockEnd(EndKind.MANUAL),
        LockEnd(EndKind.CONDITION, Instant(NOON + HOUR), "fewer than 3 trades an hour"),
    ]

    assert [lock_end(end, CALENDAR, NOON) for end in ends] == [
        "17:00 CST",
        "manual",
        "fewer than 3 trades an hour (about 10:00 CST)",
    ]


@pytest.mark.parametrize(
    ("before", "targets", "progress", "text"),
    [
        (
            {MNQ: 5},
            {MNQ: 2},
            Progress.PROVEN,
            "reduce long 5 MNQZ6 to at most 2 MNQZ6: done, the venue shows it",
        ),
        ({MNQ: -1}, {MNQ: 0}, Progress.OPEN, "close short 1 MNQZ6: under way (the venue says: not now)"),
        (
            {},
            {MNQ: 0},
            Progress.ESCALATED,
            "cancel orders: NOT DONE YET, look at the platform (the venue says: not now)",
        ),
        ({"CON.X": 1}, {"CON.X": 0}, Progress.PROVEN, "close long 1 CON.X: done, the venue shows it"),
    ],
)
def test_an_enforcement_says_what_it_does(
    before: dict[str, int], targets: dict[str, int], progress: Progress, text: str
) -> None:
    listed = {MNQ: Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(1), Money(1))}
    said = "" if progress is Progress.PROVEN else "not now"
    one = Enforcement(
        "E1", (Reason("r", "", "why"),), targets, before, False, NOON, progress=progress, text=said
    )

    assert enforcement_text(one, State(7, instruments=listed)) == text


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
    monkeypatch.setattr("service.publish.REPLACE_SECONDS", 0.2)
    with pytest.raises(PermissionError):
        replace_file(path, "new")

    assert len(tries) > 2
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_published_status_reads_back_with_its_age_whatever_the_hosts_clock_says(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    clock = TrustedClock(NOON)
    publisher = Publisher(tmp_path / "status" / "status.json", [guarded()], clock, Alarms(clock.now))
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


def log_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@settings(max_examples=60, derandomize=True)
@given(st.text(max_size=60))
def test_text_from_outside_cannot_forge_a_line_of_the_log(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with Logs(Path(folder), LogSettings(), TrustedClock(NOON), ()):
            logging.getLogger("risk.test").warning("%s", text)
        lines = log_lines(Path(folder) / "daemon.log")

    assert len(lines) == 1
    assert lines[0]["at"].startswith("2026-11-17T15:00")


def test_secrets_are_blackened_in_texts_and_in_tracebacks(tmp_path: Path) -> None:
    key, token = Secret("s3cret-key-of-alice"), "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef"
    with Logs(tmp_path, LogSettings(), TrustedClock(NOON), (key,)):
        log = logging.getLogger("risk.test")
        log.info("url wss://x/hubs/user?access_token=%s&v=1", token)
        log.info("key %s or %s, header Authorization: Bearer %s", key, key.reveal(), token)
        try:
            raise RuntimeError(f"refused {key.reveal()} {token}")
        except RuntimeError:
            log.exception("failed")

    everything = (tmp_path / "daemon.log").read_text() + (tmp_path / "error.log").read_text()
    assert key.reveal() not in everything
    assert token not in everything
    assert "eyJ" not in everything
    assert len(log_lines(tmp_path / "error.log")) == 1
    assert "RuntimeError" in log_lines(tmp_path / "error.log")[0]["traceback"]


def test_the_hub_library_cannot_print_its_debug_lines(tmp_path: Path) -> None:
    with Logs(tmp_path, LogSettings(level="DEBUG"), TrustedClock(NOON), ()):
        logging.getLogger("SignalRCoreClient").debug("token abc")
        logging.getLogger("urllib3.connectionpool").debug("GET /")
        logging.getLogger("risk.test").debug("ours")

    assert [line["text"] for line in log_lines(tmp_path / "daemon.log")] == ["ours"]


def test_logs_are_rotated_and_only_so_many_stay(tmp_path: Path) -> None:
    with Logs(tmp_path, LogSettings(max_bytes=2_000, keep=2), TrustedClock(NOON), ()):
        for number in range(100):
            logging.getLogger("risk.test").info("line %d of a log that grows", number)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["daemon.log", "daemon.log.1", "daemon.log.2"]
    assert all(path.stat().st_size <= 2_000 for path in tmp_path.iterdir())
