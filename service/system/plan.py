"""What a service is to be, whatever the system: its name, its program, its home, its user."""

import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

TITLE = "Risk Manager"
DESCRIPTION = "Keeps a futures account inside the rules that somebody with a cool head wrote down."


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """`program` is the whole command line, every path absolute; `user` owns the home and runs it."""

    name: str
    program: tuple[str, ...]
    home: Path
    user: str


SERVICE_PROGRAM = "risk-service.exe"
"""Beside `risk.exe` in the shipped folder: it loads nothing but what answers the service control manager."""


def host_program(platform: str, home: Path, executable: str, *, is_frozen: bool) -> tuple[str, ...]:
    """Return the command line that keeps a guard of `home` running. `executable` is the program that asks for it.

    A Python is told to heed no PYTHON* variable and no current folder. On Windows nothing but the service is loaded
    at first: its manager waits half a minute at most, and the whole command line is slow to load.
    """
    tail = ("--home", str(home))
    if platform == "win32":
        if is_frozen:
            return (str(PureWindowsPath(executable).with_name(SERVICE_PROGRAM)), *tail)
        return (executable, "-I", "-X", "utf8", "-m", "service.windows", *tail)
    if is_frozen:
        return (executable, "service-host", *tail)
    return (executable, "-I", "-X", "utf8", "-m", "cli", "service-host", *tail)


def plan_for(platform: str, home: Path) -> ServicePlan:
    """Return the plan for `linux`, `darwin` or `win32`."""
    program = host_program(platform, home, sys.executable, is_frozen=is_frozen())
    match platform:
        case "win32":
            return ServicePlan("RiskManager", program, home, "LocalSystem")
        case "darwin":
            return ServicePlan("org.risk-manager.guard", program, home, "_riskmanager")
        case _:
            return ServicePlan("risk-manager", program, home, "riskmanager")


def is_frozen() -> bool:
    """Say whether this is the shipped program, which is Python and risk together."""
    return bool(getattr(sys, "frozen", False))
