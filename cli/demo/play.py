"""The demo from start to end: venue, home, guard, script, judgement; everything is taken down again."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from cli.demo.children import GuardProcess
from cli.demo.home import NAMES, Venue, write_home
from cli.demo.result import Result, Seen, left_at_the_venue
from cli.demo.script import AT_SESSION_END, EXPECTED, PATIENCE, SCRIPT, SESSION_ENDS, Step
from cli.demo.stage import Stage
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.views.live import terminated_as_exit
from connectors.simulator.child import SimulatorError, SimulatorProcess
from service import client

WORLD = Path(__file__).with_name("world.yaml")
BEAT = 0.2
SETTLE = 5.0
"""Seconds that the venue is given to show the end, once everything is verified."""

LOOK_AGAIN = 2.5
"""Seconds after the last step before the end is believed: the guard itself looks a second time after 2 s."""


def play(stage: Stage, seed: int = 1, keep: Path | None = None) -> Result:
    """Run the demo. Raises Failure when the venue or the guard does not start."""
    with ExitStack() as stack:
        stack.enter_context(terminated_as_exit())
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="risk-demo-")))
        stage.tell("demo", "starting a simulated venue and the guard")
        venue = stack.enter_context(_venue(seed))
        ends = _venue_time(venue) + timedelta(seconds=SESSION_ENDS)
        write_home(
            folder, Venue(venue.api, venue.user_hub, venue.market_hub, venue.user_name, venue.api_key), ends
        )
        guard = stack.enter_context(GuardProcess(folder))
        guard.wait_until(lambda: _sees_everything(folder))
        stage.tell("demo", "the guard sees both accounts; the traders begin")
        stack.enter_context(stage.curtain(folder))
        seen = Seen()
        _perform(stage, folder, venue, guard, seen, ends)
        return _judge(venue, seen)


@contextmanager
def _venue(seed: int) -> Iterator[SimulatorProcess]:
    try:
        with SimulatorProcess(str(WORLD), seed=seed) as venue:
            yield venue
    except SimulatorError as error:
        raise Failure(f"the simulated venue failed: {error}", code=ExitCode.UNREACHABLE) from error


def _perform(
    stage: Stage, folder: Path, venue: SimulatorProcess, guard: GuardProcess, seen: Seen, ends: datetime
) -> None:
    """Do each step at its time and look at the guard in between, until all is verified or patience ends."""
    now = monotonic()
    session_end = now + (ends - _venue_time(venue)).total_seconds()
    steps = _timed(now, SCRIPT) + _timed(session_end, AT_SESSION_END)
    steps.sort(key=lambda due: due[0])
    last = steps[-1][0]
    while monotonic() < last + PATIENCE:
        guard.require()
        if steps and monotonic() >= steps[0][0]:
            _, step = steps.pop(0)
            stage.tell("trader", step.words, step.account)
            step.act(venue)
        document = _published(folder)
        if document is not None:
            seen.take(document)
        stage.show(folder)
        if monotonic() > last + LOOK_AGAIN and _is_complete(seen):
            return
        sleep(BEAT)


def _timed(start: float, steps: tuple[Step, ...]) -> list[tuple[float, Step]]:
    return [(start + step.at, step) for step in steps]


def _is_complete(seen: Seen) -> bool:
    return all(seen.is_verified(one) for one in EXPECTED) and all(
        row["verified"] for row in seen.rows.values()
    )


def _judge(venue: SimulatorProcess, seen: Seen) -> Result:
    """Ask the venue itself, not the guard, what is left."""
    deadline = monotonic() + SETTLE
    while left := _left(venue):
        if monotonic() > deadline:
            break
        sleep(BEAT)
    return Result(seen, tuple(one for one in EXPECTED if not seen.is_verified(one)), left)


def _left(venue: SimulatorProcess) -> tuple[str, ...]:
    return left_at_the_venue((name, venue.state(number)) for number, name in NAMES.items())


def _venue_time(venue: SimulatorProcess) -> datetime:
    return datetime.fromisoformat(str(venue.state(next(iter(NAMES)))["now"]))


def _published(folder: Path) -> dict[str, Any] | None:
    try:
        return client.read_status(folder).document
    except client.StatusMissing:
        return None


def _sees_everything(folder: Path) -> bool:
    document = _published(folder)
    if document is None or len(document["accounts"]) < len(NAMES):
        return False
    rows = document["accounts"]
    return all(row["synced_at"] and row["links"]["user_hub"]["is_live"] for row in rows)
