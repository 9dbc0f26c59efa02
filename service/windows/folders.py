"""Protected folders: made with their access list, refused when somebody else made them before or they lead elsewhere."""

import sys

assert sys.platform == "win32"

from pathlib import Path  # noqa: E402

import win32api  # noqa: E402
import win32con  # noqa: E402
import win32security  # noqa: E402

from service.doors.windows_users import ADMINISTRATORS, SYSTEM, own_sid  # noqa: E402
from service.system.commands import SystemRefused  # noqa: E402
from service.system.windows_plan import HOME_SDDL, STATUS_SDDL  # noqa: E402

ALL_SECURITY = (
    win32security.OWNER_SECURITY_INFORMATION
    | win32security.GROUP_SECURITY_INFORMATION
    | win32security.DACL_SECURITY_INFORMATION
    | win32security.PROTECTED_DACL_SECURITY_INFORMATION
)


def protect_home(home: Path) -> None:
    """Make and close the home, and open what is published for reading. Raises SystemRefused and OSError."""
    check_place(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / "status").mkdir(exist_ok=True)
    give(home, HOME_SDDL)
    give(home / "status", STATUS_SDDL)


def check_place(home: Path) -> None:
    """Refuse a junction anywhere on the way, and a folder that a user made before us. Raises SystemRefused."""
    for path in (home, *home.parents):
        if path.exists() and win32api.GetFileAttributes(str(path)) & win32con.FILE_ATTRIBUTE_REPARSE_POINT:
            raise SystemRefused(f"{path} leads somewhere else (a junction or a link): remove it")
    if home.exists() and owner(home) not in (ADMINISTRATORS, SYSTEM, own_sid()):
        raise SystemRefused(f"{home} was made by somebody else ({owner(home)}): look into it, then remove it")


def owner(path: Path) -> str:
    """Return the SID that owns a file or folder."""
    described = win32security.GetFileSecurity(str(path), win32security.OWNER_SECURITY_INFORMATION)
    return str(win32security.ConvertSidToStringSid(described.GetSecurityDescriptorOwner()))


def give(path: Path, sddl: str) -> None:
    """Set owner and access list of a folder; what is made in it inherits them."""
    described = win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(
        sddl, win32security.SDDL_REVISION_1
    )
    win32security.SetFileSecurity(str(path), ALL_SECURITY, described)


def access_list(path: Path) -> str:
    """Return the access list of a folder as text."""
    described = win32security.GetFileSecurity(str(path), win32security.DACL_SECURITY_INFORMATION)
    return str(
        win32security.ConvertSecurityDescriptorToStringSecurityDescriptor(
            described, win32security.SDDL_REVISION_1, win32security.DACL_SECURITY_INFORMATION
        )
    )


__all__ = ["access_list", "check_place", "give", "owner", "protect_home"]
