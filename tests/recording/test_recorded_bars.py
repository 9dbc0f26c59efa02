"""The price bars that a client read while it had no market hub are prices again when the recording is read back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.recording.lines import read_lines
from connectors.topstepx.recording.playback import Playback
from engine.events import Link, LinkSeen, QuoteSeen

ALICE = 9120345
CLOSE = 25_400_000_000_000


def test_a_price_that_came_from_a_bar_is_played_back_once(
    venue: SimulatorProcess, home: Path, tmp_path: Path, session_of: Callable[..., Any]
) -> None:
    path = tmp_path / "session.jsonl"
    with session_of(home, path) as session:
        venue.place(ALICE, "MNQ", "buy", 1)
        venue.control("/sim/faults/hub", {"hub": "market", "refuse_status": 503})
        venue.control("/sim/faults/cut", {"hub": "market", "how": "reset"})
        session.until(lambda lines: any(is_down(line) for line in lines))
        venue.price("MNQ", 25_400)
        session.until(lambda lines: sum(tells(line, 25_400) for line in lines) >= 1)

    playback = Playback()
    with path.open() as lines:
        asked_again = (text for text in lines for _ in range(2 if "retrieveBars" in text else 1))
        events = list(playback.events(read_lines(asked_again)))

    downs = [at for at, one in enumerate(events) if isinstance(one, LinkSeen) and one.link is Link.MARKET_HUB]
    quotes = [one.quote for one in events[downs[-1] :] if isinstance(one, QuoteSeen)]
    stamps = [quote.quoted_at for quote in quotes]
    assert quotes[-1].last == CLOSE
    assert stamps == sorted(set(stamps)), "a bar that was asked for twice is one price"
    assert playback.unreadable == []


def is_down(line: dict[str, Any]) -> bool:
    return line["kind"] == "link" and line["link"] == "market_hub" and not line["is_live"] and line["reason"]


def tells(line: dict[str, Any], close: int) -> bool:
    """Say whether a line is an answer with a bar that closed there."""
    if line.get("path") != "/api/History/retrieveBars":
        return False
    return any(bar["c"] == close for bar in json.loads(line["body"])["bars"])
