"""The guard under systemd: install, start, stop, look, remove."""

import sys

assert sys.platform != "win32"

import os  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown  # noqa: E402
from service.system.commands import SystemRefused, ask_system  # noqa: E402
from service.system.files import close_home, home_steps, program_steps  # noqa: E402
from service.system.marking import mark, unmark  # noqa: E402
from service.system.place import make_place  # noqa: E402
from service.system.plan import ServicePlan  # noqa: E402
from service.system.posix_user import find_user, make_user  # noqa: E402
from service.system.systemd_unit import unit_path, unit_text  # noqa: E402

RUNNING = Path("/run/systemd/system")
"""This folder is there exactly where systemd is the first process (sd_booted(3))."""


class Systemd:
    """One service. Every method raises SystemRefused and OSError; each did nothing that it does not say."""

    def __init__(self, plan: ServicePlan) -> None:
        self._plan = plan

    def install(self) -> Iterator[str]:
        """Make user, folders and unit; start at boot and now. Yields what was done, step by step."""
        user = make_user(self._plan.user)
        yield f"user {self._plan.user}"
        make_place(self._plan.home, user.user)
        mark(self._plan.home)
        close_home(self._plan.home, user.user, user.group)
        yield f"home {self._plan.home}, closed to other users"
        path = unit_path(self._plan)
        fresh = path.with_suffix(".part")
        fresh.write_text(unit_text(self._plan), encoding="utf-8")
        fresh.chmod(0o644)
        fresh.replace(path)
        yield f"unit {path}"
        if not RUNNING.exists():
            yield "systemd does not run here: the unit will start at the next boot of a system that has it"
            return
        ask_system("systemctl", "daemon-reload")
        ask_system("systemctl", "enable", "--now", f"{self._plan.name}.service", seconds=200.0)
        yield "enabled at boot, and started"

    def start(self) -> None:
        ask_system("systemctl", "start", f"{self._plan.name}.service", seconds=200.0)

    def stop(self) -> None:
        ask_system("systemctl", "stop", f"{self._plan.name}.service")

    def uninstall(self) -> Iterator[str]:
        """Stop and remove the unit; the home with its locks and its audit trail stays."""
        if RUNNING.exists():
            ask_system("systemctl", "disable", "--now", f"{self._plan.name}.service")
            yield "stopped, and no longer started at boot"
        unit_path(self._plan).unlink(missing_ok=True)
        unmark(self._plan.home)
        yield f"unit removed; {self._plan.home} stays as it is"

    def steps(self, package: Path) -> Iterator[Step]:
        """Yield what is as planned and what is not. `package` is our own code's folder."""
        path = unit_path(self._plan)
        install = "run `risk admin service install`"
        if not path.exists():
            yield failed("service", "it is not installed", install, Trouble.CONFIGURATION)
            return
        if path.read_text(encoding="utf-8") == unit_text(self._plan):
            yield passed("service unit", f"{path} is as planned")
        else:
            yield failed("service unit", f"{path} was changed", install, Trouble.CONFIGURATION)
        yield self._is_enabled()
        user = find_user(self._plan.user)
        if user is None:
            yield failed(
                "service user", f"there is no user {self._plan.user}", install, Trouble.CONFIGURATION
            )
        elif os.geteuid() not in (0, user.user):
            yield unknown("protected folders", "only root or the service's user can look", "use sudo")
        else:
            yield from home_steps(self._plan.home, user.user)
        yield from program_steps(Path(self._plan.program[0]), package)

    def _is_enabled(self) -> Step:
        if not RUNNING.exists():
            return unknown("service at boot", "systemd does not run here")
        for verb, wanted in (("is-enabled", "enabled"), ("is-active", "active")):
            try:
                found = ask_system("systemctl", verb, f"{self._plan.name}.service")
            except SystemRefused as error:
                fix = "run `risk admin service install`; if it is masked: `systemctl unmask risk-manager`"
                if not error.said:  # it did not get as far as an answer
                    return unknown("service at boot", str(error))
                return failed("service at boot", f"it is {error.said}", fix)
            if found != wanted:
                return failed("service at boot", f"it is {found}", "run `risk admin service install`")
        return passed("service at boot", "enabled and running")
