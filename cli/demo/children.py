"""The guard as a child process: started, waited for, and always ended again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

from cli.exit_codes import ExitCode
from cli.failure import Failure

START_SECONDS = 30.0
STOP_SECONDS = 10.0
BEAT = 0.1

ROOT = Path(__file__).resolve().parents[2]
"""Where `cli` is importable from, installed or not."""


class GuardProcess:
    """`risk run` for as long as the `with` block lasts."""

    def __init__(self, home: Path) -> None:
        self._messages = home / "guard.txt"
        self._output = self._messages.open("wb")
        self._process = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            [sys.executable, "-m", "cli", "run", "--home", str(home)],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Wait until the guard works. Raises Failure with its own words when it ends or never gets there."""
        deadline = monotonic() + START_SECONDS
        while not is_ready():
            self.require()
            if monotonic() > deadline:
                raise Failure(f"the guard was not ready within {START_SECONDS:.0f} s", self.said())
            sleep(BEAT)

    def require(self) -> None:
        """Raise Failure when the guard is gone."""
        code = self._process.poll()
        if code is not None:
            raise Failure(f"the guard ended with exit code {code}", self.said(), ExitCode.NOT_RUNNING)

    def said(self) -> str:
        """Return the last lines of what it told."""
        lines = self._messages.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return " / ".join(lines[-5:]) or "it said nothing"

    def close(self) -> None:
        """Ask it to stop, and end it when it does not."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()

    def __enter__(self) -> "GuardProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
