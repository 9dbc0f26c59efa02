"""Protected folders: made with their access list, refused when somebody else made them before or they lead elsewhere."""

import sys

assert sys.platform == "win32"

from contextlib import suppress  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import pywintypes  # noqa: E402
import win32file  # noqa: E402
import win32security  # noqa: E402

from service.doors.windows_users import ADMINISTRATORS, SYSTEM, own_sid  # noqa: E402
from service.system.commands import SystemRefused  # noqa: E402
from service.system.moving import leads_away  # noqa: E402
from service.system.windows_plan import HOME_SDDL, STATUS_SDDL  # noqa: E402

ALL_SECURITY = (
    win32security.OWNER_SECURITY_INFORMATION
    | win32security.GROUP_SECURITY_INFORMATION
    | win32security.DACL_SECURITY_INFORMATION
    | win32security.PROTECTED_DACL_SECURITY_INFORMATION
)


def protect_home(home: Path) -> None:
    """Make and close the home with all in it, and open what is published. Raises SystemRefused and OSError.

    Each file gets owner and access list anew: one that was copied in keeps those of the place it came from, and
    whoever owns a file may give himself every right.
    """
    check_place(home)
    if not home.exists():
        make_closed(home)
    give(home, HOME_SDDL)  # before the rest: from here on nobody else puts anything into it
    (home / "status").mkdir(exist_ok=True)
    for path in sorted(home.rglob("*")):
        if leads_away(path):
            raise SystemRefused(f"{path} leads somewhere else (a junction or a link): remove it")
        is_open = path.relative_to(home).parts[0] == "status"
        with suppress(FileNotFoundError):  # a guard that runs makes files and takes them away
            give(path, STATUS_SDDL if is_open else HOME_SDDL)


def make_closed(path: Path) -> None:
    """Make a folder with its access list, closed from its first moment. Raises SystemRefused and OSError."""
    check_place(path)
    attributes = pywintypes.SECURITY_ATTRIBUTES()
    attributes.SECURITY_DESCRIPTOR = _described(HOME_SDDL)
    try:
        win32file.CreateDirectory(str(path), attributes)
    except pywintypes.error as error:
        raise OSError(None, error.strerror, str(path), error.winerror) from error


def check_place(home: Path) -> None:
    """Refuse a junction anywhere on the way, and a folder that a user made before us. Raises SystemRefused."""
    for path in (home, *home.parents):
        if leads_away(path):
            raise SystemRefused(f"{path} leads somewhere else (a junction or a link): remove it")
    if home.exists() and owner(home) not in (ADMINISTRATORS, SYSTEM, own_sid()):
        raise SystemRefused(f"{home} was made by somebody else ({owner(home)}): look into it, then remove it")


def owner(path: Path) -> str:
    """Return the SID that owns a file or folder."""
    described = win32security.GetFileSecurity(str(path), win32security.OWNER_SECURITY_INFORMATION)
    return str(win32security.ConvertSidToStringSid(described.GetSecurityDescriptorOwner()))


def give(path: Path, sddl: str) -> None:
    """Set owner and access list; what is made later in a folder inherits them. Raises OSError."""
    try:
        win32security.SetFileSecurity(str(path), ALL_SECURITY, _described(sddl))
    except pywintypes.error as error:
        raise OSError(None, error.strerror, str(path), error.winerror) from error


def rights_of(path: Path) -> str:
    """Return owner and access list of a file or folder as text. Raises OSError."""
    both = win32security.OWNER_SECURITY_INFORMATION | win32security.DACL_SECURITY_INFORMATION
    try:
        return str(
            win32security.ConvertSecurityDescriptorToStringSecurityDescriptor(
                win32security.GetFileSecurity(str(path), both), win32security.SDDL_REVISION_1, both
            )
        )
    except pywintypes.error as error:
        raise OSError(None, error.strerror, str(path), error.winerror) from error


def _described(sddl: str) -> Any:
    return win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(
        sddl, win32security.SDDL_REVISION_1
    )
