"""What a service is to be, whatever the system: its name, its program, its home, its user."""

import sys
from dataclasses import dataclass
from pathlib import Path

TITLE = "Risk Manager"
DESCRIPTION = "Keeps a futures account inside the rules that somebody with a cool head wrote down."


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """`program` is the whole command line, every path absolute; `user` owns the home and runs it."""

    name: str
    program: tuple[str, ...]
    home: Path
    user: str


def host_program(home: Path) -> tuple[str, ...]:
    """Return the command line of `risk service-host`: isolated from PYTHON* variables and the current folder."""
    tail = ("service-host", "--home", str(home))
    if getattr(sys, "frozen", False):
        return (sys.executable, *tail)
    if (
        sys.platform == "win32"
    ):  # its manager waits half a minute at most, and the whole command line is slow to load
        return (sys.executable, "-I", "-X", "utf8", "-m", "service.windows", "--home", str(home))
    return (sys.executable, "-I", "-X", "utf8", "-m", "cli", *tail)


def plan_for(platform: str, home: Path) -> ServicePlan:
    """Return the plan for `linux`, `darwin` or `win32`."""
    if platform == "win32":
        return ServicePlan("RiskManager", host_program(home), home, "LocalSystem")
    name = "org.risk-manager.guard" if platform == "darwin" else "risk-manager"
    return ServicePlan(
        name, host_program(home), home, "_riskmanager" if platform == "darwin" else "riskmanager"
    )


def usual_home(platform: str) -> Path:
    """Return where a service keeps its home, when nobody says otherwise."""
    match platform:
        case "win32":
            return Path(r"C:\ProgramData\RiskManager")
        case "darwin":
            return Path("/Library/Application Support/RiskManager")
        case _:
            return Path("/var/lib/risk-manager")
