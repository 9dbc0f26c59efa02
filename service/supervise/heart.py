"""The guard's side: a line a second as long as the engine thread turns, and an end when the parent is gone."""

import os
import threading

BEAT = b".\n"
ARMED = b"stop-armed\n"
"""Says that an admin allowed a stop within the next minute (`service-security-notes.md` 3)."""

EVERY = 1.0
"""Seconds between two lines."""


class Heart:
    """Counts the turns of the engine thread and tells the parent. Its own threads touch nothing of the guard."""

    def __init__(self, read: int, write: int, stop: threading.Event) -> None:
        """`read` and `write` are the file descriptors to the parent; `stop` is set when the parent is gone."""
        self._read = read
        self._write = write
        self._stop = stop
        self._turns = 0
        self._told = -1
        self._ending = threading.Event()

    def start(self) -> None:
        """Begin to tell and to listen."""
        for work in (self._tell, self._listen):
            threading.Thread(target=work, name=f"heart{work.__name__}", daemon=True).start()

    def turned(self) -> None:
        """Note that the engine thread came by. Costs an addition."""
        self._turns += 1

    def arm(self) -> None:
        """Tell the parent that a stop is allowed for a minute."""
        self._say(ARMED)

    def end(self) -> None:
        """Tell no more."""
        self._ending.set()

    def _tell(self) -> None:
        while not self._ending.wait(EVERY):
            turns = self._turns
            if turns != self._told:
                self._told = turns
                self._say(BEAT)

    def _listen(self) -> None:
        """Wait for the end of the parent's line; nothing else is ever said on it."""
        while True:
            try:
                if not os.read(self._read, 64):
                    break
            except OSError:
                break
        self._stop.set()

    def _say(self, line: bytes) -> None:
        try:
            os.write(self._write, line)
        except OSError:
            self._stop.set()


def heart_on_standard_lines(stop: threading.Event) -> Heart:
    """Return a heart on standard input and output; what else would be printed goes to standard error from here on.

    A service has no standard error on Windows: there it goes nowhere, and the log files have it all.
    """
    read, write = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    return Heart(read, write, stop)
