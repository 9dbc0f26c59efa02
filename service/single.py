"""One daemon a home: a lock of the operating system's kernel, let go of by itself when the process dies."""

from types import TracebackType

from filelock import FileLock, Timeout

from service.exits import CannotStart, Exit
from service.home import Home


class Single:
    """Held for the whole life of the daemon."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = FileLock(home.instance, timeout=0)

    def __enter__(self) -> None:
        """Take the lock. Raises CannotStart when another daemon has it."""
        try:
            self._lock.acquire()
        except Timeout:
            raise CannotStart(
                Exit.SECOND,
                f"another guard is running for {self._home.root}: `risk status` shows it, stop it before starting this",
            ) from None
        except OSError as error:
            raise CannotStart(Exit.UNUSABLE, f"{self._home.instance} cannot be locked: {error}") from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
