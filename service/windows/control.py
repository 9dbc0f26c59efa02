"""The Windows service from outside: install, start, stop, look, remove. By API: the tools' output is localised."""

import sys

assert sys.platform == "win32"

from collections.abc import Iterator  # noqa: E402
from contextlib import suppress  # noqa: E402
from pathlib import Path  # noqa: E402
from time import monotonic, sleep  # noqa: E402
from typing import Any  # noqa: E402

import pywintypes  # noqa: E402
import win32service  # noqa: E402
import winerror  # noqa: E402

from connectors.topstepx.examination.step import Step, Trouble, failed, passed  # noqa: E402
from service.system.commands import SystemRefused  # noqa: E402
from service.system.plan import TITLE, ServicePlan  # noqa: E402
from service.system.windows_plan import command_line  # noqa: E402
from service.windows.folders import protect_home  # noqa: E402
from service.windows.hardening import configure, safe_boot, steps_of  # noqa: E402

PATIENCE = 60.0
"""Seconds for a start or a stop; the guard reads its store before it says that it runs."""


class WindowsService:
    """One service, with the same methods as `Systemd`."""

    def __init__(self, plan: ServicePlan) -> None:
        self._plan = plan

    def install(self) -> Iterator[str]:
        """Protect the folders, make or change the service, start it. Raises SystemRefused and OSError."""
        protect_home(self._plan.home)
        yield f"home {self._plan.home}, closed to users"
        with _manager(win32service.SC_MANAGER_ALL_ACCESS) as manager:
            service = self._made(manager)
            try:
                yield from configure(service, self._plan.name)
            finally:
                win32service.CloseServiceHandle(service)
        safe_boot(is_wanted=True)
        self.start()
        yield "started, and from now on at boot"

    def start(self) -> None:
        """Start and wait until it runs. Raises SystemRefused."""
        with _service(self._plan.name, win32service.SERVICE_ALL_ACCESS) as service:
            try:
                win32service.StartService(service, None)
            except pywintypes.error as error:
                if error.winerror != winerror.ERROR_SERVICE_ALREADY_RUNNING:
                    raise SystemRefused(f"it does not start: {error.strerror}") from error
            _wait_for(service, win32service.SERVICE_RUNNING)

    def stop(self) -> None:
        """Stop and wait. Raises SystemRefused, with 1052 in its text while nobody armed it."""
        with _service(self._plan.name, win32service.SERVICE_ALL_ACCESS) as service:
            try:
                win32service.ControlService(service, win32service.SERVICE_CONTROL_STOP)
            except pywintypes.error as error:
                if error.winerror == winerror.ERROR_SERVICE_NOT_ACTIVE:
                    return
                raise SystemRefused(
                    f"it does not take a stop ({error.winerror}): {error.strerror}"
                ) from error
            _wait_for(service, win32service.SERVICE_STOPPED)

    def uninstall(self) -> Iterator[str]:
        """Remove the service; it must have been stopped. The home stays."""
        with _service(self._plan.name, win32service.SERVICE_ALL_ACCESS) as service:
            if win32service.QueryServiceStatus(service)[1] != win32service.SERVICE_STOPPED:
                raise SystemRefused("it still runs: `risk admin service stop` first")
            win32service.DeleteService(service)
        safe_boot(is_wanted=False)
        yield f"service removed; {self._plan.home} stays as it is"

    def steps(self, package: Path) -> Iterator[Step]:
        """Yield what is as planned, what is not, and what cannot be told here."""
        try:
            with _service(
                self._plan.name, win32service.SERVICE_QUERY_CONFIG | win32service.SERVICE_QUERY_STATUS
            ) as service:
                state = win32service.QueryServiceStatus(service)[1]
                if state == win32service.SERVICE_RUNNING:
                    yield passed("service", "running")
                else:
                    yield failed("service", f"not running (state {state})", "run `risk admin service start`")
                yield from steps_of(service, self._plan, package)
        except SystemRefused as error:
            fix = "run `risk admin service install` as an administrator"
            yield failed("service", str(error), fix, Trouble.CONFIGURATION)

    def _made(self, manager: Any) -> Any:
        """Return the service, made or brought back to the plan. Automatic and not delayed: no unguarded minutes."""
        common = (
            win32service.SERVICE_WIN32_OWN_PROCESS,
            win32service.SERVICE_AUTO_START,
            win32service.SERVICE_ERROR_NORMAL,
            command_line(self._plan),
            None,
            0,
            None,
            None,
            None,
        )
        with suppress(pywintypes.error):
            service = win32service.OpenService(manager, self._plan.name, win32service.SERVICE_ALL_ACCESS)
            win32service.ChangeServiceConfig(service, *common, TITLE)  # type: ignore[arg-type]
            return service
        try:
            return win32service.CreateService(
                manager,
                self._plan.name,
                TITLE,
                win32service.SERVICE_ALL_ACCESS,
                *common,  # type: ignore[arg-type]
            )
        except pywintypes.error as error:
            raise SystemRefused(f"the service cannot be made: {error.strerror}") from error


class _service:  # noqa: N801 - reads as a function where it is used
    """A handle of the service for a while. Raises SystemRefused where it is not there or not ours to open."""

    def __init__(self, name: str, access: int) -> None:
        self._name, self._access = name, access

    def __enter__(self) -> Any:
        try:
            with _manager(win32service.SC_MANAGER_CONNECT) as manager:
                self._handle = win32service.OpenService(manager, self._name, self._access)
        except pywintypes.error as error:
            raise SystemRefused(f"{self._name}: {error.strerror}") from error
        return self._handle

    def __exit__(self, *_: object) -> None:
        win32service.CloseServiceHandle(self._handle)


class _manager:  # noqa: N801
    """The service control manager for a while."""

    def __init__(self, access: int) -> None:
        self._access = access

    def __enter__(self) -> Any:
        try:
            self._handle = win32service.OpenSCManager(None, None, self._access)
        except pywintypes.error as error:
            raise SystemRefused(f"the service manager does not let us in: {error.strerror}") from error
        return self._handle

    def __exit__(self, *_: object) -> None:
        win32service.CloseServiceHandle(self._handle)


def _wait_for(service: Any, state: int) -> None:
    started = monotonic()
    while win32service.QueryServiceStatus(service)[1] != state:
        if monotonic() - started > PATIENCE:
            raise SystemRefused(
                f"it did not reach state {state} within {PATIENCE:.0f} s; see logs/service.log"
            )
        sleep(0.1)
