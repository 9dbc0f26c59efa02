"""A recorded session served by the simulator: a client hears again what was recorded."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.secret import Secret
from connectors.simulator.child import SimulatorError, SimulatorProcess
from connectors.topstepx.gateway import TopstepxGateway
from connectors.topstepx.recording.lines import read_lines
from connectors.topstepx.recording.playback import Playback
from connectors.topstepx.settings import GatewayUrls, Login, Timings
from engine.commands import ClosePosition
from engine.events import Answer, Event, FillSeen, OrderSeen, PositionSeen, QuoteSeen, SnapshotTaken
from engine.units import Instant

ALICE = 9120345
MNQ = "CON.F.US.MNQ.Z26"


def shape(event: Event) -> Any:
    """Return an event without the time at which it was heard."""
    match event:
        case FillSeen():
            return event.fill
        case PositionSeen():
            return event.position
        case OrderSeen():
            return event.order
    return None


def user_events(told: list[Event]) -> list[Any]:
    return [known for event in told if (known := shape(event)) is not None]


class Ear:
    """A client of a recorded venue, and what it told."""

    def __init__(self, venue: SimulatorProcess) -> None:
        self.told: list[Event] = []
        self.gateway = TopstepxGateway(
            urls=GatewayUrls(venue.api, venue.user_hub, venue.market_hub),
            login=Login(venue.user_name, Secret(venue.api_key)),
            accounts=tuple(venue.accounts),
            sink=self.told.append,
            now=lambda: Instant(1_795_000_000_000_000),
            heard=lambda instant, source: None,
            fills_since=lambda account: Instant(0),
            timings=Timings(settle=0.0, backoff_first=0.05),
        )
        self.gateway.watch([MNQ])
        self.gateway.connect()
        self.gateway.start()


def until(holds: Callable[[], Any], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_client_hears_the_recorded_session_again(recording: Any) -> None:
    playback = Playback()
    with recording.path.open() as lines:
        original = list(playback.events(read_lines(lines)))

    with SimulatorProcess(recording=recording.path) as venue:
        assert (venue.accounts, MNQ in venue.contracts) == ([ALICE], True)
        ear = Ear(venue)
        try:
            until(lambda: venue.control("/sim/tape")["is_over"])
            until(lambda: len(user_events(ear.told)) >= len(user_events(original)))
            until(lambda: any(event.fills for event in ear.told if isinstance(event, SnapshotTaken)))
            refused = ear.gateway.execute(ALICE, ClosePosition("C1", "E1", MNQ))
        finally:
            ear.gateway.stop()
        assert venue.errors() == ""

    assert user_events(ear.told) == user_events(original)
    last = [
        [event.quote for event in events if isinstance(event, QuoteSeen)][-1]
        for events in (ear.told, original)
    ]
    assert last[0] == last[1]
    assert (refused.answer, "recording" in getattr(refused, "text", "")) == (Answer.REFUSED, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "there is nothing to play"), ('{"schema":"other/1"}\n', "line 1 is not from a recording")],
)
def test_a_file_that_is_no_recording_is_told_in_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text)

    with pytest.raises(SimulatorError, match=why):
        SimulatorProcess(recording=path)


def test_the_command_plays_a_recording(recording: Any) -> None:
    command = [sys.executable, "-m", "cli", "simulate", "--recording", str(recording.path), "--speed", "50"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.terminate()

    assert first["accounts"] == [ALICE]
