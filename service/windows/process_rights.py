"""The access list of our own process: users may see that it runs, and not end, stop or read it."""

import sys

assert sys.platform == "win32"

import win32api  # noqa: E402
import win32security  # noqa: E402

from service.system.windows_plan import PROCESS_SDDL  # noqa: E402


def close_process() -> None:
    """Give this process the planned access list. Raises pywintypes.error."""
    described = win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(
        PROCESS_SDDL, win32security.SDDL_REVISION_1
    )
    win32security.SetSecurityInfo(
        win32api.GetCurrentProcess(),
        win32security.SE_KERNEL_OBJECT,
        win32security.DACL_SECURITY_INFORMATION | win32security.PROTECTED_DACL_SECURITY_INFORMATION,
        None,  # type: ignore[arg-type]  # the owner stays; the type hints do not know that
        None,  # type: ignore[arg-type]
        described.GetSecurityDescriptorDacl(),
        None,  # type: ignore[arg-type]
    )
