"""Run inside a Windows Python, beside a guard that runs: what a user who is no administrator can do to its processes.

`python filtered.py HOME`. The user is a filtered token of our own, as a standard account has one. Prints JSON.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pywintypes
import win32api
import win32con
import win32security
import win32service

HOME = Path(sys.argv[1])
RIGHTS = {
    "see that it runs": 0x1000,
    "terminate": win32con.PROCESS_TERMINATE,
    "write its memory": win32con.PROCESS_VM_WRITE | win32con.PROCESS_VM_OPERATION,
    "read its memory": win32con.PROCESS_VM_READ,
    "copy its handles": win32con.PROCESS_DUP_HANDLE,
    "suspend": 0x0800,
}
"""WRITE_DAC is left out: under Wine the service and this user are one, and whoever owns a process may change its rights."""

DISABLE_PRIVILEGES = 1


def processes() -> dict[str, int]:
    """Return the process of the service and the guard below it."""
    manager = win32service.OpenSCManager(None, None, win32service.SC_MANAGER_CONNECT)
    opened = win32service.OpenService(manager, "RiskManager", win32service.SERVICE_QUERY_STATUS)
    log = (HOME / "logs" / "service.log").read_text(encoding="utf-8")
    guard = int(re.findall(r"the guard runs as process (\d+)", log)[-1])
    return {"service": win32service.QueryServiceStatusEx(opened)["ProcessId"], "guard": guard}


@contextmanager
def filtered() -> Iterator[None]:
    """Be a user who is no administrator and has no privilege, for a while."""
    own = win32security.OpenProcessToken(win32api.GetCurrentProcess(), win32con.MAXIMUM_ALLOWED)
    administrators = win32security.ConvertStringSidToSid("S-1-5-32-544")
    less = win32security.CreateRestrictedToken(own, DISABLE_PRIVILEGES, [(administrators, 0)], [], [])
    acting = win32security.DuplicateTokenEx(
        less, win32security.SecurityImpersonation, win32con.MAXIMUM_ALLOWED, win32security.TokenImpersonation
    )
    win32security.ImpersonateLoggedOnUser(acting)
    try:
        yield
    finally:
        win32security.RevertToSelf()


def allowed(process: int) -> list[str]:
    """Return what we may do to a process now."""
    found = []
    for what, right in RIGHTS.items():
        try:
            win32api.OpenProcess(right, False, process)
        except pywintypes.error:
            continue
        found.append(what)
    return found


def told() -> dict[str, Any]:
    known = processes()
    with filtered():
        as_user = {name: allowed(process) for name, process in known.items()}
        open_one = allowed(win32api.GetCurrentProcessId())
    as_administrator = {name: allowed(process) for name, process in known.items()}
    return {"all": list(RIGHTS), "administrator": as_administrator, "user": as_user, "open_one": open_one}


if __name__ == "__main__":
    sys.stdout.write(f"ANSWER {json.dumps(told())}\n")
