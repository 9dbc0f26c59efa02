"""The launchd job: started at boot, kept alive, run by a user of its own."""

import plistlib
from pathlib import Path

from service.system.plan import ServicePlan

FOLDER = Path("/Library/LaunchDaemons")


def plist_path(plan: ServicePlan) -> Path:
    """Return where the job lies."""
    return FOLDER / f"{plan.name}.plist"


def plist_bytes(plan: ServicePlan) -> bytes:
    """Return the job."""
    return plistlib.dumps(
        {
            "Label": plan.name,
            "ProgramArguments": list(plan.program),
            "UserName": plan.user,
            "WorkingDirectory": str(plan.home),
            "RunAtLoad": True,
            "KeepAlive": True,
            "ThrottleInterval": 2,
            "ExitTimeOut": 15,
            "ProcessType": "Interactive",  # not slowed down to save power
            "Umask": 0o077,
            "StandardErrorPath": str(plan.home / "logs" / "service.err"),
        }
    )
