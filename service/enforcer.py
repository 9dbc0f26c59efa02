"""Hands commands to the venue, one after the other for each account, and puts what became of them into the inbox.

A thread for each account: a slow request delays neither the next decision nor another account. Nothing is ever
repeated here; whether to ask again is decided by the engine, from the venue's own view.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Protocol

from engine.commands import Command
from engine.events import Answer, CommandAnswered, CommandSent, Event, SnapshotTaken
from engine.units import Instant
from service.fail_points import fail_point

LOG = logging.getLogger("risk.enforcer")


class Executor(Protocol):
    """What can act at the venue."""

    def execute(self, account: int, command: Command) -> CommandAnswered | SnapshotTaken:
        """Ask once; every failure is an answer."""


class Enforcer:
    """One account's way to the venue."""

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
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"enforcer-{account}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def hand(self, commands: Sequence[Command]) -> None:
        """Take commands that are stored already; they are executed in this order."""
        for command in commands:
            self._commands.put(command)

    def stop(self) -> None:
        """Finish the request under way and take no other. What was not sent is found again after the next start."""
        self._is_stopping.set()
        self._commands.put(None)

    def join(self, seconds: float) -> None:
        """Wait for the request under way."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _work(self) -> None:
        while (command := self._commands.get()) is not None:
            if self._is_stopping.is_set():
                return
            self._sink(CommandSent(self._now(), self._account, command.id))
            self._sink(self._execute(command))

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
