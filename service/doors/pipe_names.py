"""The names of the doors on Windows, and who may do what there. Source: `service-security-notes.md` 5."""

import hashlib
from pathlib import Path
from typing import Any

Pipe = Any
"""A handle of Windows: pywin32 gives an object that closes itself, its type hints say a number."""

PREFIX = "\\\\.\\pipe\\"
PROTECTED = "ProtectedPrefix\\Administrators\\"
"""Below this only administrators can make a pipe, so nobody else can sit there first."""

FOR_USERS = 0x12019B
"""Read and write without the right to make pipes of the same name, which `generic write` would include."""

FOR_ADMINS = "(A;;GA;;;SY)(A;;GA;;;BA)"


def pipe_name(home: Path, door: str, *, is_protected: bool) -> str:
    """Return the name of a door. Several homes have doors of their own."""
    number = hashlib.sha256(str(home.absolute()).casefold().encode()).hexdigest()[:16]
    protected = PROTECTED if is_protected else ""
    return f"{PREFIX}{protected}RiskManager\\{number}\\{door}"


def descriptor(door: str, *, is_elevated: bool, own: str) -> str:
    """Return the SDDL of a door's pipe. Without elevation (a development run) our own user stands in for the admins."""
    owner = "O:BAG:SY" if is_elevated else f"O:{own}G:{own}"
    mine = "" if is_elevated else f"(A;;GA;;;{own})"
    users = "" if door == "admin" else f"(A;;{FOR_USERS:#x};;;IU)"
    return f"{owner}D:P{FOR_ADMINS}{mine}{users}"
