"""The service itself: it says what it accepts, keeps the guard running, and stops only when an admin armed it.

A stop that nobody armed is not among the accepted controls: the manager answers it with 1052, to administrators too.
"""

import sys

assert sys.platform == "win32"

import logging  # noqa: E402
import threading  # noqa: E402
from collections.abc import Iterable  # noqa: E402
from pathlib import Path  # noqa: E402
from time import monotonic  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

import servicemanager  # noqa: E402
import win32service  # noqa: E402
import win32serviceutil  # noqa: E402

from service.system.plan import DESCRIPTION, TITLE  # noqa: E402
from service.system.windows_plan import ARMED_SECONDS, NAME  # noqa: E402
from service.windows.process_rights import close_process  # noqa: E402

if TYPE_CHECKING:
    from service.supervise.supervisor import Supervisor

LOG = logging.getLogger("risk.supervise")

ALWAYS = (
    win32service.SERVICE_ACCEPT_PRESHUTDOWN
    | win32service.SERVICE_ACCEPT_POWEREVENT
    | win32service.SERVICE_ACCEPT_SESSIONCHANGE
)


class RiskService(win32serviceutil.ServiceFramework):
    """One instance, made by the dispatcher on a thread of its own."""

    _svc_name_ = NAME
    _svc_display_name_ = TITLE
    _svc_description_ = DESCRIPTION
    home = Path()

    def __init__(self, args: Iterable[str]) -> None:
        super().__init__(args)
        self._armed_until = 0.0
        self._supervisor: Supervisor | None = None

    def GetAcceptedControls(self) -> int:  # noqa: N802
        """Return what the manager may send now: a stop only while it is armed."""
        is_armed = monotonic() < self._armed_until
        return ALWAYS | (win32service.SERVICE_ACCEPT_STOP if is_armed else 0)

    def SvcDoRun(self) -> None:  # noqa: N802
        """Guard. Returning is a wanted stop; a fatal error is raised, so that the manager starts us again."""
        self.ReportServiceStatus(win32service.SERVICE_RUNNING)
        close_process()
        from service.supervise.hosting import supervisor_of  # noqa: PLC0415  the manager waits 30 s at most

        self._supervisor = supervisor_of(self.home, self._arm)
        servicemanager.LogInfoMsg(f"{NAME}: guarding {self.home}")
        try:
            code = self._supervisor.run()
        except Exception:
            LOG.exception("the service cannot go on; the manager starts it again")
            raise
        LOG.info("stopped; the guard ended with %d", code)
        servicemanager.LogInfoMsg(f"{NAME}: stopped, nobody is guarding")

    def SvcStop(self) -> None:  # noqa: N802
        """End; it was armed, or the manager would not have asked."""
        self._end()

    def SvcOtherEx(self, control: int, _event: int, _data: object) -> None:  # noqa: N802
        """End with the machine as well; power and session events only need the next look."""
        if control == win32service.SERVICE_CONTROL_PRESHUTDOWN:
            self._end()

    def _end(self) -> None:
        self.ReportServiceStatus(win32service.SERVICE_STOP_PENDING, waitHint=15_000)
        if self._supervisor is not None:
            self._supervisor.stop()

    def _arm(self) -> None:
        """Accept a stop for a minute, and tell the manager so; then no more."""
        self._armed_until = monotonic() + ARMED_SECONDS
        self.ReportServiceStatus(win32service.SERVICE_RUNNING)
        LOG.warning("a stop is accepted for %d s: an admin allowed it", ARMED_SECONDS)
        timer = threading.Timer(ARMED_SECONDS + 0.5, self._disarm)
        timer.daemon = True
        timer.start()

    def _disarm(self) -> None:
        if monotonic() >= self._armed_until:
            self.ReportServiceStatus(win32service.SERVICE_RUNNING)
