"""Who is who on Windows: our own user, whether we are elevated, and who is at the other end of a pipe."""

import sys

assert sys.platform == "win32"

from typing import Any  # noqa: E402

import ntsecuritycon  # noqa: E402  Windows only
import pywintypes  # noqa: E402
import win32api  # noqa: E402
import win32con  # noqa: E402
import win32pipe  # noqa: E402
import win32security  # noqa: E402

from service.doors.peer import Peer  # noqa: E402
from service.doors.pipe_names import Pipe  # noqa: E402

ADMINISTRATORS = "S-1-5-32-544"
SYSTEM = "S-1-5-18"
"""SIDs and not names: the group has another name in other languages."""


def own_sid() -> str:
    """Return the SID of the user of this process."""
    token = win32security.OpenProcessToken(win32api.GetCurrentProcess(), win32con.TOKEN_QUERY)
    return _user_of(token)


def is_elevated() -> bool:
    """Say whether this process (or the client we stand for at the moment) acts as an administrator."""
    group = win32security.ConvertStringSidToSid(ADMINISTRATORS)
    nobody: Any = None  # the thread's own token; the type hints do not know that
    return bool(win32security.CheckTokenMembership(nobody, group))


def peer_of(pipe: Pipe) -> Peer:
    """Return who sent the message that was just read from a pipe; somebody unknown is nobody's friend."""
    own = own_sid()
    try:
        win32security.ImpersonateNamedPipeClient(pipe)
    except pywintypes.error:
        return Peer("unknown")
    try:
        token = win32security.OpenThreadToken(win32api.GetCurrentThread(), win32con.TOKEN_QUERY, True)
        who = _user_of(token)
        is_admin = is_elevated() or who == own
    except pywintypes.error:
        return Peer("unknown")
    finally:
        win32security.RevertToSelf()  # when that fails it raises, and this thread serves nobody any more
    return Peer(who, win32pipe.GetNamedPipeClientProcessId(pipe), is_admin)


def owner_of(pipe: Pipe) -> str:
    """Return the SID that owns a pipe: nobody but administrators and SYSTEM can make one that belongs to them."""
    described = win32security.GetSecurityInfo(
        pipe, win32security.SE_KERNEL_OBJECT, win32security.OWNER_SECURITY_INFORMATION
    )
    return str(win32security.ConvertSidToStringSid(described.GetSecurityDescriptorOwner()))


def _user_of(token: Pipe) -> str:
    sid, _ = win32security.GetTokenInformation(token, ntsecuritycon.TokenUser)
    return str(win32security.ConvertSidToStringSid(sid))
