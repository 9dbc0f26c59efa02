"""Keeps one guard running: again after it died, and killed and again after it fell silent."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

from service.supervise.child import Child

LOG = logging.getLogger("risk.supervise")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `silence` and what a start takes stay below ten together (a hung guard is back within ten).

    `first` is how long a start may take until the first beat: a long journal is replayed before.
    """

    silence: float = 4.0
    first: float = 90.0
    look: float = 0.25
    stop: float = 8.0
    steady: float = 60.0
    waits: tuple[float, ...] = (0.1, 1.0, 5.0, 30.0)


class Supervisor:
    """`run` returns when `stop` was called. `ready` is called at the first beat, `alive` at each look that was well."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        errors: IO[bytes] | None = None,
        ready: Callable[[], None] = lambda: None,
        alive: Callable[[], None] = lambda: None,
        armed: Callable[[], None] = lambda: None,
        patience: Patience | None = None,
    ) -> None:
        self._command = command
        self._folder = folder
        self._errors = errors
        self._ready = ready
        self._alive = alive
        self._armed = armed
        self._patience = patience or Patience()
        self._stopping = threading.Event()
        self._is_ready = False
        self._failures = 0

    def stop(self) -> None:
        """End the guard and `run`; from any thread or a signal."""
        self._stopping.set()

    def run(self) -> int:
        """Keep the guard running until asked to stop. Return its last exit code."""
        while True:
            child = Child(self._command, self._folder, self._errors, self._armed)
            LOG.info("the guard runs as process %d", child.pid)
            if self._watch(child):
                code = child.stop(self._patience.stop)
                return 0 if code is None else code
            if monotonic() - child.started_at > self._patience.steady:
                self._failures = 0
            wait = self._patience.waits[min(self._failures, len(self._patience.waits) - 1)]
            self._failures += 1
            if self._stopping.wait(wait):
                return 0

    def _watch(self, child: Child) -> bool:
        """Return True when asked to stop; False when the guard is gone and must be started again."""
        looked_at = monotonic()
        while not self._stopping.wait(self._patience.look):
            now, code = monotonic(), child.ended()
            if code is not None:
                LOG.error("the guard ended by itself with %d; it is started again", code)
                return False
            if (
                now - looked_at > self._patience.silence
            ):  # we were asleep ourselves: it had no chance to be heard
                child.heard_at = now if child.heard_at is not None else None
            looked_at = now
            if self._is_silent(child, now):
                LOG.error("the guard hangs: process %d is killed and started again", child.pid)
                child.kill()
                return False
            if child.heard_at is not None:
                self._well()
        return True

    def _is_silent(self, child: Child, now: float) -> bool:
        if child.heard_at is None:
            return now - child.started_at > self._patience.first
        return now - child.heard_at > self._patience.silence

    def _well(self) -> None:
        if not self._is_ready:
            self._is_ready = True
            self._ready()
        self._alive()
