"""Hands commands to the venue and puts what became of them into the inbox.

Each account has a lane for every contract and one for reading: what is asked about one contract goes out one after the
other, and neither a reading that hangs nor a request about another contract can hold it up. Nothing is ever repeated
here; whether to ask again is decided by the engine, from the venue's own view. What had to wait for too long is not
sent at all, and told so.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Protocol

from engine.commands import Command, TakeSnapshot
from engine.events import Answer, CommandAnswered, CommandSent, Event, Refusal, SnapshotTaken
from engine.units import Instant
from service.fail_points import fail_point

LOG = logging.getLogger("risk.enforcer")

READING = ""

STALE_AFTER = 3.0
"""Seconds that a request may wait behind another about the same contract. What it was meant for can be over by then,
and a close that is late closes what the trader holds since."""


class Executor(Protocol):
    """What can act at the venue."""

    def execute(self, account: int, command: Command) -> CommandAnswered | SnapshotTaken:
        """Ask once; every failure is an answer."""


def lane_of(command: Command) -> str:
    """Return which commands wait for each other: those about one contract, and the readings."""
    return READING if isinstance(command, TakeSnapshot) else command.contract


class Enforcer:
    """One account's way to the venue. Commands are handed in by one thread, the engine's."""

    def __init__(
        self,
        account: int,
        executor: Executor,
        sink: Callable[[Event], None],
        now: Callable[[], Instant],
    ) -> None:
        self._account = account
        self._executor = executor
        self._sink = sink
        self._now = now
        self._lanes: dict[str, _Lane] = {}
        self._is_started = False
        self._is_stopping = threading.Event()

    def start(self) -> None:
        self._is_started = True
        for lane in self._lanes.values():
            lane.thread.start()

    def hand(self, commands: Sequence[Command]) -> None:
        """Take commands that are stored already; those of a lane are executed in this order."""
        for command in commands:
            self._lane(lane_of(command)).commands.put((command, time.monotonic()))

    def stop(self) -> None:
        """Finish the requests under way and take no other. What was not sent is found again after the next start."""
        self._is_stopping.set()
        for lane in list(self._lanes.values()):
            lane.commands.put(None)

    def join(self, seconds: float) -> None:
        """Wait for the requests under way."""
        for lane in list(self._lanes.values()):
            if lane.thread.ident is not None:
                lane.thread.join(seconds)

    def _lane(self, name: str) -> "_Lane":
        if name not in self._lanes:
            lane = _Lane(f"enforcer-{self._account}-{name or 'reading'}", self._work)
            self._lanes = {**self._lanes, name: lane}
            if self._is_started:
                lane.thread.start()
        return self._lanes[name]

    def _work(self, commands: "SimpleQueue[tuple[Command, float] | None]") -> None:
        while (handed := commands.get()) is not None:
            if self._is_stopping.is_set():
                return
            command, since = handed
            waited = time.monotonic() - since
            if waited > STALE_AFTER and not isinstance(command, TakeSnapshot):
                self._sink(self._too_late(command, waited))
                continue
            self._sink(CommandSent(self._now(), self._account, command.id))
            self._sink(self._execute(command))

    def _too_late(self, command: Command, waited: float) -> CommandAnswered:
        text = f"not sent: it waited {waited:.1f} s behind another request"
        return CommandAnswered(self._now(), self._account, command.id, Answer.REFUSED, Refusal.STALE, text)

    def _execute(self, command: Command) -> CommandAnswered | SnapshotTaken:
        fail_point("enforcer.before_request")
        try:
            answer = self._executor.execute(self._account, command)
        except Exception as error:  # the outermost loop of this thread: it must live on
            LOG.exception("command %s of account %d failed", command.id, self._account)
            text = f"{type(error).__name__} while asking"
            return CommandAnswered(self._now(), self._account, command.id, Answer.UNKNOWN, None, text)
        fail_point("enforcer.after_request")
        return answer


class _Lane:
    """A queue and the thread that empties it."""

    def __init__(
        self, name: str, work: Callable[["SimpleQueue[tuple[Command, float] | None]"], None]
    ) -> None:
        self.commands: SimpleQueue[tuple[Command, float] | None] = SimpleQueue()
        self.thread = threading.Thread(target=work, args=(self.commands,), name=name, daemon=True)
