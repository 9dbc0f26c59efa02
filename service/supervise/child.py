"""One guard process as its parent sees it: when it was heard last, and whether it still lives."""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import IO

from service.supervise.heart import ARMED, BEAT

NO_WINDOW = 0
if sys.platform == "win32":
    NO_WINDOW = subprocess.CREATE_NO_WINDOW


class Child:
    """Started on making. `heard` is told of each line with the moment it came."""

    def __init__(
        self, command: Sequence[str], folder: Path, errors: IO[bytes] | None, armed: Callable[[], None]
    ) -> None:
        """`errors` takes what the guard says to people; `armed` is called when it says that a stop is allowed."""
        self.heard_at: float | None = None
        self.started_at = monotonic()
        self._armed = armed
        self._process = subprocess.Popen(  # noqa: S603 - our own program, with arguments of our own
            list(command),
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            creationflags=NO_WINDOW,
        )
        threading.Thread(target=self._hear, name="heartbeat", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ended(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._process.poll()

    def stop(self, seconds: float) -> int | None:
        """Ask it to end by ending its line, wait, and kill it if it does not. Return its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        """End it at once; everything that matters is in the store."""
        self._process.kill()
        code = self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        return code

    def _hear(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                if line == BEAT:
                    self.heard_at = monotonic()
                elif line == ARMED:
                    self._armed()
