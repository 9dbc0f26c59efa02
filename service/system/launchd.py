"""The guard under launchd. Its user is made by the administrator: macOS has no command that all versions share."""

import sys

assert sys.platform != "win32"

from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown  # noqa: E402
from service.system.commands import SystemRefused, ask_system  # noqa: E402
from service.system.files import close_home, home_steps, program_steps  # noqa: E402
from service.system.launchd_plist import plist_bytes, plist_path  # noqa: E402
from service.system.marking import mark, unmark  # noqa: E402
from service.system.place import make_place  # noqa: E402
from service.system.plan import ServicePlan  # noqa: E402
from service.system.posix_user import find_user  # noqa: E402


class Launchd:
    """One service, with the same methods as `Systemd`."""

    def __init__(self, plan: ServicePlan) -> None:
        self._plan = plan

    def install(self) -> Iterator[str]:
        """Close the home, write the job, start it at boot and now. Raises SystemRefused and OSError."""
        user = find_user(self._plan.user)
        if user is None:
            raise SystemRefused(
                f"there is no user {self._plan.user}: make a hidden one in System Settings or with `sysadminctl`"
            )
        make_place(self._plan.home, user.user)
        mark(self._plan.home)
        close_home(self._plan.home, user.user, user.group)
        yield f"home {self._plan.home}, closed to other users"
        path = plist_path(self._plan)
        path.write_bytes(plist_bytes(self._plan))
        path.chmod(0o644)
        yield f"job {path}"
        ask_system("launchctl", "bootstrap", "system", str(path))
        yield "started, and from now on at boot"

    def start(self) -> None:
        ask_system("launchctl", "kickstart", f"system/{self._plan.name}")

    def stop(self) -> None:
        ask_system("launchctl", "bootout", f"system/{self._plan.name}")

    def uninstall(self) -> Iterator[str]:
        """Stop and remove the job; the home stays."""
        self.stop()
        plist_path(self._plan).unlink(missing_ok=True)
        unmark(self._plan.home)
        yield f"job removed; {self._plan.home} stays as it is"

    def steps(self, package: Path) -> Iterator[Step]:
        """Yield what is as planned and what is not."""
        path = plist_path(self._plan)
        if not path.exists():
            fix = "run `risk admin service install`"
            yield failed("service", "it is not installed", fix, Trouble.CONFIGURATION)
            return
        is_same = path.read_bytes() == plist_bytes(self._plan)
        yield (
            passed("service job", f"{path} is as planned")
            if is_same
            else failed(
                "service job",
                f"{path} was changed",
                "run `risk admin service install`",
                Trouble.CONFIGURATION,
            )
        )
        user = find_user(self._plan.user)
        if user is None:
            yield unknown("service user", f"there is no user {self._plan.user}")
        else:
            yield from home_steps(self._plan.home, user.user)
        yield from program_steps(Path(self._plan.program[0]), package)
