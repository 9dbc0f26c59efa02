"""What makes the service hard to end: rights, recovery, privileges, safe mode. Each is set, then read back.

Some systems (Wine among them) refuse to set or to read one of these: that is told as `cannot tell`, never as done.
"""

import sys

assert sys.platform == "win32"

import winreg  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import pywintypes  # noqa: E402
import win32security  # noqa: E402
import win32service  # noqa: E402

from connectors.topstepx.examination.step import Step, failed, passed, unknown  # noqa: E402
from service.system.plan import DESCRIPTION, ServicePlan  # noqa: E402
from service.system.windows_plan import (  # noqa: E402
    PRESHUTDOWN_MS,
    PRIVILEGES,
    RESET_PERIOD,
    RESTARTS,
    SAFE_BOOT,
    SERVICE_SDDL,
    command_line,
)  # fmt: skip
from service.windows.looking import home_step, program_step  # noqa: E402

DACL = win32security.DACL_SECURITY_INFORMATION


def configure(service: Any, name: str) -> Iterator[str]:
    """Set everything; yield what was set, and what this system refused."""
    recovery = {
        "ResetPeriod": RESET_PERIOD,
        "RebootMsg": "",
        "Command": "",
        "Actions": [(win32service.SC_ACTION_RESTART, wait) for wait in RESTARTS],
    }
    settings: tuple[tuple[str, int, Any], ...] = (
        ("description", win32service.SERVICE_CONFIG_DESCRIPTION, DESCRIPTION),
        ("restart after a failure", win32service.SERVICE_CONFIG_FAILURE_ACTIONS, recovery),
        ("restart after an error", win32service.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, True),
        ("fewer privileges", win32service.SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO, PRIVILEGES),
        ("time at shutdown", win32service.SERVICE_CONFIG_PRESHUTDOWN_INFO, PRESHUTDOWN_MS),
        (
            "service SID",
            win32service.SERVICE_CONFIG_SERVICE_SID_INFO,
            win32service.SERVICE_SID_TYPE_UNRESTRICTED,
        ),
        ("start at once at boot", win32service.SERVICE_CONFIG_DELAYED_AUTO_START_INFO, False),
    )
    for what, key, value in settings:
        yield _tried(what, partial(win32service.ChangeServiceConfig2, service, key, value))
    described = win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(
        SERVICE_SDDL, win32security.SDDL_REVISION_1
    )
    yield _tried(f"rights of {name}", lambda: win32service.SetServiceObjectSecurity(service, DACL, described))


def _tried(what: str, act: Callable[[], object]) -> str:
    try:
        act()
    except (pywintypes.error, NotImplementedError) as error:
        return f"{what}: this system refuses it ({error})"
    return what


def safe_boot(*, is_wanted: bool) -> None:
    """Let the service run in safe mode with networking, or no longer."""
    if is_wanted:
        with winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, SAFE_BOOT) as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, "Service")
        return
    try:
        winreg.DeleteKey(winreg.HKEY_LOCAL_MACHINE, SAFE_BOOT)
    except FileNotFoundError:
        return


def steps_of(service: Any, plan: ServicePlan, package: Path) -> Iterator[Step]:
    """Yield each planned setting, read back."""
    config = win32service.QueryServiceConfig(service)
    fix = "run `risk admin service install` as an administrator"
    is_planned = config[3] == command_line(plan)
    yield (
        passed("service program", config[3])
        if is_planned
        else failed("service program", f"it is {config[3]}", fix)
    )
    is_auto = config[1] == win32service.SERVICE_AUTO_START
    yield (
        passed("service at boot", "automatic")
        if is_auto
        else failed("service at boot", "it does not start at boot", fix)
    )
    yield _recovery(service, fix)
    yield _rights(service, fix)
    yield home_step(plan.home, fix)
    yield program_step(Path(plan.program[0]), package)


def _recovery(service: Any, fix: str) -> Step:
    try:
        found = win32service.QueryServiceConfig2(service, win32service.SERVICE_CONFIG_FAILURE_ACTIONS)
    except pywintypes.error as error:
        return unknown("service recovery", f"it cannot be read here ({error.winerror})")
    waits = tuple(wait for _, wait in found.get("Actions") or ())
    if waits == RESTARTS:
        return passed("service recovery", "restarted after 1, 5 and 30 s")
    return failed("service recovery", f"its restarts are {waits}", fix)


def _rights(service: Any, fix: str) -> Step:
    try:
        described = win32service.QueryServiceObjectSecurity(service, DACL)
        found = win32security.ConvertSecurityDescriptorToStringSecurityDescriptor(
            described, win32security.SDDL_REVISION_1, DACL
        )
    except pywintypes.error as error:
        return unknown("service rights", f"they cannot be read here ({error.winerror})")
    if _same(found, SERVICE_SDDL):
        return passed("service rights", "users may look, and send nothing")
    return failed("service rights", f"they are {found}", fix)


def _same(found: str, wanted: str) -> bool:
    """Compare access lists by their entries; flags such as AI (inherited automatically) say nothing of who may what."""
    return set(found.partition("(")[2].split("(")) == set(wanted.partition("(")[2].split("("))
