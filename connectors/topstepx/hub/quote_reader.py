"""The thread that decodes quotes: in small portions with pauses, so that a flood of them keeps nobody else waiting."""

from collections.abc import Callable
from threading import Event, Lock, Thread

from connectors.topstepx.wording import LOG


class QuoteReader:
    """Calls what was handed to `due`, once each, then rests for `pause` seconds. What comes meanwhile waits for it."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._lock = Lock()
        self._due: set[Callable[[], None]] = set()
        self._wake = Event()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="risk-quotes", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def due(self, work: Callable[[], None]) -> None:
        """Have `work` done soon; it must not raise. Costs next to nothing."""
        with self._lock:
            self._due.add(work)
        self._wake.set()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def join(self, patience: float) -> None:
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            with self._lock:
                due, self._due = self._due, set()
            for work in due:
                try:
                    work()
                except Exception:  # the outermost loop: a mistake of ours must not end our sight of prices
                    LOG.exception("quotes could not be read")
            self._stopping.wait(self._pause)
