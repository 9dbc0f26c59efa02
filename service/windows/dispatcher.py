"""Handing this process to the service control manager, or guarding in the foreground where it did not start us."""

import sys

assert sys.platform == "win32"

from pathlib import Path  # noqa: E402

import pywintypes  # noqa: E402
import servicemanager  # noqa: E402
import winerror  # noqa: E402

from service.exits import Exit  # noqa: E402
from service.windows.host import RiskService  # noqa: E402


def host_service(home: Path) -> int:
    """Serve until the manager asks to stop. Return an exit code."""
    RiskService.home = home
    servicemanager.Initialize()
    servicemanager.PrepareToHostSingle(RiskService)
    try:
        servicemanager.StartServiceCtrlDispatcher()  # type: ignore[no-untyped-call]
    except pywintypes.error as error:
        if error.winerror != winerror.ERROR_FAILED_SERVICE_CONTROLLER_CONNECT:
            raise
        from service.supervise.hosting import host_forever  # noqa: PLC0415  not before the manager was answered

        return host_forever(home)  # somebody started it by hand
    return Exit.DONE
