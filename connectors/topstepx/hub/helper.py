"""Something that may hang, done beside the supervisor, which looks at the result when it likes."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Helper(Generic[T]):
    """Runs `work` once in a thread of its own and keeps its result or its exception. Sets `wake` when done."""

    def __init__(self, name: str, work: Callable[[], T], wake: Event) -> None:
        self._work = work
        self._wake = wake
        self._done = Event()
        self._result: list[T] = []
        self.error: BaseException | None = None
        Thread(target=self._run, name=name, daemon=True).start()

    @property
    def is_done(self) -> bool:
        return self._done.is_set()

    def wait(self, patience: float) -> bool:
        """Return whether the work was done within `patience` seconds."""
        return self._done.wait(patience)

    def result(self) -> T:
        """Return what the work returned, or raise what it raised. Call it only when done."""
        if self.error is not None:
            raise self.error
        return self._result[0]

    def _run(self) -> None:
        try:
            self._result.append(self._work())
        except Exception as error:
            self.error = error  # raised again where the result is asked for
        finally:
            self._done.set()
            self._wake.set()
