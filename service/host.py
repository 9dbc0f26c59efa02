"""The daemon: what `risk run`, the service and `risk demo` call. Everything is put together and taken apart here."""

import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from connectors.topstepx.settings import Timings
from service.asking import AskRefused, GuardNotRunning, ask
from service.daemon import Daemon
from service.exits import CannotStart, Exit
from service.home import Home, HomeUnusable
from service.single import Single
from service.supervise.heart import Heart

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))
"""SIGBREAK is what Windows sends when the window of a terminal is closed."""

TICK = 0.2
"""Seconds between two looks at whether to stop. A signal handler may only set a plain variable: it takes no lock."""

SWITCH = 0.0005
"""Seconds for which a busy thread may keep the others waiting: a tenth of Python's own, for the sake of reaction."""


def run(
    home: Path,
    *,
    stop: threading.Event | None = None,
    ready: Callable[[], None] | None = None,
    say: Callable[[str], None] | None = None,
    timings: Timings | None = None,
    as_service: bool = False,
    heart: Heart | None = None,
) -> int:
    """Guard the accounts of a home until asked to stop; return an exit code of `Exit`.

    `stop` ends it from another thread, SIGINT and SIGTERM from outside. `ready` is called once the guard works and
    its first status is published. `say` gets sentences for people (standard error without it). `as_service`: never
    end because of wrong rules or a refused login, since a guard that refuses to start is a bypass. `heart` tells a parent process that the engine thread turns.
    """
    tell = say or _to_stderr
    folders = Home(home)
    asked = _Asked(stop or threading.Event())
    sys.setswitchinterval(SWITCH)
    try:
        folders.prepare()
        with Single(folders), asked:
            daemon = Daemon(folders, timings or Timings(stop=2.0), tell, as_service=as_service, heart=heart)
            with daemon:
                if ready is not None:
                    ready()
                while not asked.to_stop and daemon.failure is None:
                    asked.wait(TICK)
            if daemon.failure is not None:
                raise daemon.failure
    except HomeUnusable as error:
        tell(str(error))
        return Exit.UNUSABLE
    except CannotStart as error:
        tell(str(error))
        if error.code is Exit.SECOND:
            _tell_the_first(home)
        return error.code
    return asked.exit_code


class _Asked:
    """Whether to stop, and why: an event of the caller's, or a signal while this is entered in the main thread."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._signal = 0
        self._before: dict[int, object] = {}

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                self._before[number] = signal.signal(number, self._heard)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what `signal` gave us before

    @property
    def to_stop(self) -> bool:
        return bool(self._signal) or self._stop.is_set()

    @property
    def exit_code(self) -> int:
        codes: dict[int, Exit] = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.TERMINATED}
        return codes.get(self._signal, Exit.DONE)

    def wait(self, seconds: float) -> None:
        self._stop.wait(seconds)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        self._signal = number


def _tell_the_first(home: Path) -> None:
    """Let the guard that runs write down that another one was started; it goes on without that, too."""
    with suppress(GuardNotRunning, AskRefused):
        ask(home, "trader", "second_guard")


def _to_stderr(text: str) -> None:
    sys.stderr.write(f"{text}\n")
