"""The watch over the service itself: a unit that was masked, changed or deleted is told while the guard still runs."""

import logging
import threading
from pathlib import Path

from connectors.topstepx.examination.step import Step, Verdict
from service.alarms import Alarms
from service.service_here import SystemService, service_here
from service.system.commands import SystemRefused
from service.system.marking import is_marked

LOG = logging.getLogger("risk.service")

EVERY = 3600.0
"""Seconds between two looks; the first is at the start."""

PACKAGE = Path(__file__).resolve().parent
ALARM = "service"


class ServiceWatch:
    """A thread of its own: the system's service manager is never waited for on the engine thread."""

    def __init__(self, home: Path, alarms: Alarms, here: SystemService | None = None) -> None:
        """Take what to look at; `here` stands in for the service manager of this system."""
        self._home = home
        self._alarms = alarms
        self._here = here
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="service", daemon=True)

    def start(self) -> None:
        """Begin, where a service was installed for this home."""
        if is_marked(self._home):
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def look(self) -> None:
        """Compare what is there with what was planned. What cannot be told is no alarm."""
        try:
            wrong = [step for step in self._steps() if step.verdict is Verdict.FAIL]
        except (SystemRefused, OSError, ValueError) as error:
            LOG.error("the service cannot be looked at: %s", error)
            return
        if wrong:
            said = "; ".join(f"{step.name}: {step.text}" for step in wrong)
            self._alarms.raise_(
                ALARM,
                f"the service is not as it was installed ({said}): it may not come back by itself. "
                "An administrator runs `risk admin service status`",
            )
        else:
            self._alarms.clear(ALARM)

    def _steps(self) -> list[Step]:
        return list((self._here or service_here(self._home)).steps(PACKAGE))

    def _work(self) -> None:
        self.look()
        while not self._stop.wait(EVERY):
            self.look()
