"""A countdown reaches zero and turns green at the right second, watched on a real terminal beside a running guard."""

import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "brake": (
        ("starter/trade_frequency_limit",),
        {"trade_frequency_limit.per_minute": "9", "trade_frequency_limit.per_hour": "3"},
    ),
}
CLOCK = re.compile(r"exchange \w+ [\d-]+ (\d\d:\d\d:\d\d)")
GAUGE = re.compile(r"3/3 trades this hour\s+(?:\S+\s+)?\[LOCKED (\w+(?: \w+)?)\]")

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed: no countdown was watched"
)


@pytest.fixture
def watching(house: Any) -> Iterator[Any]:
    """`risk status --watch` in a tmux of its own; the function returns what it shows now."""
    name = f"risk-{uuid.uuid4().hex[:8]}"

    def tmux(*words: str) -> str:
        return subprocess.run(
            ["tmux", "-L", name, *words], capture_output=True, text=True, check=True, timeout=30
        ).stdout

    command = ["env", "LANG=C.UTF-8", f"PYTHONPATH={ROOT}", sys.executable, "-m", "cli", "status", "--watch"]
    size = ("-x", "110", "-y", "50")
    tmux("-f", os.devnull, "new-session", "-d", *size, *command, "--home", str(house.home))
    yield lambda: tmux("capture-pane", "-p", "-t", "0")
    tmux("kill-server")


def seconds(clock: str) -> int:
    hours, minutes, rest = map(int, clock.split(":"))
    return 3600 * hours + 60 * minutes + rest


def left(words: str) -> int:
    """Return the seconds in `28m 14s`; `now` is none."""
    if words == "now":
        return 0
    return sum(int(part[:-1]) * {"s": 1, "m": 60, "h": 3600}[part[-1]] for part in words.split())


def test_a_lock_counts_down_to_zero_and_turns_green_at_its_second(house: Any, watching: Any) -> None:
    desk = house.desks["brake"]
    desk.do("buy 1 MES; seen; buy 1 MES; seen; buy 1 MES; seen")
    (lock,) = desk.becomes(lambda desk: desk.now()["locks"])
    end = datetime.fromisoformat(lock["until"])
    chicago = (end.hour * 3600 + end.minute * 60 + end.second) - 6 * 3600 + end.microsecond / 1e6
    house.leap(advance=31 * 60)
    desk.becomes(lambda desk: GAUGE.search(watching()))
    assert left(GAUGE.search(watching())[1]) > 28 * 60, "3/3 trades this hour [LOCKED 28m ...]"  # type: ignore[index]

    now = datetime.fromisoformat(house.status()["venue_time"])
    house.leap(advance=int((end - now).total_seconds()) - 12)
    frames, deadline = [], time.monotonic() + 60
    while not (frames and "OK TO TRADE" in frames[-1][1] and frames[-1][0] > chicago + 2):
        assert time.monotonic() < deadline, frames[-1]
        shown = watching()
        if clock := CLOCK.search(shown):
            frames.append((seconds(clock[1]), shown))
        time.sleep(0.1)

    counted = {at: left(found[1]) for at, shown in frames if (found := GAUGE.search(shown))}
    locked = [at for at, shown in frames if " LOCKED " in shown]
    green = [at for at, shown in frames if "OK TO TRADE" in shown]
    assert len(counted) >= 6, "it was seen counting"
    assert all(abs(at + rest - chicago) <= 1 for at, rest in counted.items()), "each second is the right one"
    assert max(locked) <= chicago + 1
    assert chicago - 1 < min(green) <= chicago + 1.5
