"""A piece of work for the engine thread, and what came of it."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Generic, TypeVar

T = TypeVar("T")

BEGIN_SECONDS = 10.0
"""So long it may wait in the inbox; then it is taken back, and surely nothing of it happens any more."""

END_SECONDS = 20.0
"""So long it may take once it was begun: a disk that hangs holds up the engine thread for a moment too."""


class NotTaken(Exception):
    """The engine thread did not come to it, or is stopping. Nothing was done."""


class StillRunning(Exception):
    """It was begun and is not finished. Whether it will be is not known: look before asking again."""


class Call(Generic[T]):
    """Made by any thread, run by the engine thread, waited for by whoever made it."""

    def __init__(self, act: Callable[[], T]) -> None:
        self._act = act
        self._future: Future[T] = Future()

    def run(self) -> None:
        """Do it, unless nobody waits any more. What it raises goes to whoever waits."""
        if not self._future.set_running_or_notify_cancel():
            return
        try:
            result = self._act()
        except Exception as error:
            self._future.set_exception(error)
        else:
            self._future.set_result(result)

    def drop(self) -> None:
        """Let whoever waits know that it will not be done."""
        if self._future.cancel():
            self._future.set_running_or_notify_cancel()

    def outcome(self, begin: float = BEGIN_SECONDS, end: float = END_SECONDS) -> T:
        """Wait for it. Raises NotTaken, StillRunning, and whatever the work raised."""
        try:
            return self._future.result(begin)
        except CancelledError:
            raise NotTaken from None
        except TimeoutError:
            if self._future.done():  # the work itself timed out
                raise
        if self._future.cancel():
            raise NotTaken
        try:
            return self._future.result(end)
        except TimeoutError:
            if self._future.done():
                raise
            raise StillRunning from None
