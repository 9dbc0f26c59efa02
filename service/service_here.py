"""The service manager of this system, behind one small interface."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from connectors.topstepx.examination.step import Step
from service.system.plan import plan_for


class SystemService(Protocol):
    """One service. Every method may raise SystemRefused and OSError."""

    def install(self) -> Iterator[str]:
        """Make it as planned and start it; yields what was done, step by step."""

    def start(self) -> None:
        """Start it, if it does not run."""

    def stop(self) -> None:
        """Stop it; an admin has allowed that before."""

    def uninstall(self) -> Iterator[str]:
        """Remove it; the home stays. Yields what was done."""

    def steps(self, package: Path) -> Iterator[Step]:
        """Yield what is as planned, what is not, and what cannot be told. `package` is our own code's folder."""


def closed_folder(path: Path) -> None:
    """Make a folder that is closed to users from its first moment. Raises OSError, also where there is one already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        from service.windows.folders import make_closed  # noqa: PLC0415

        make_closed(path)
    else:
        path.mkdir(mode=0o700)


def service_here(home: Path) -> SystemService:
    """Return the service that guards this home, installed or not."""
    plan = plan_for(sys.platform, home)
    if sys.platform == "win32":
        from service.windows.control import WindowsService  # noqa: PLC0415  each system has its own

        return WindowsService(plan)
    elif sys.platform == "darwin":  # noqa: RET505 - the type checker follows `elif` to the system it checks for
        from service.system.launchd import Launchd  # noqa: PLC0415

        return Launchd(plan)
    else:
        from service.system.systemd import Systemd  # noqa: PLC0415

        return Systemd(plan)
