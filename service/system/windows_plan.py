"""What the Windows service is to be: names, rights and recovery as plain data. Source: `service-security-notes.md` 3, 4."""

import hashlib
import subprocess

from service.system.plan import ServicePlan

NAME = "RiskManager"

PRIVILEGES = ("SeChangeNotifyPrivilege", "SeImpersonatePrivilege", "SeCreateGlobalPrivilege")
"""All that is left of LocalSystem's."""

SERVICE_SDDL = "D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)(A;;CCLCSWLORC;;;IU)"
"""The default without CR for users: they may look, and send no control. Administrators always keep theirs."""

HOME_SDDL = "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
"""Config, state, secrets: SYSTEM and Administrators alone."""

STATUS_SDDL = "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
"""What the guard publishes: users read."""

PROCESS_SDDL = "D:P(A;;0x1fffff;;;SY)(A;;0x1fffff;;;BA)(A;;0x1000;;;BU)"
"""Of the process itself: users may see that it runs (PROCESS_QUERY_LIMITED_INFORMATION), and nothing else."""

RESTARTS = (1_000, 5_000, 30_000)
"""Milliseconds before the first, second and every further restart."""

RESET_PERIOD = 86_400
"""Seconds after which failures are counted from the start again."""

PRESHUTDOWN_MS = 10_000
ARMED_SECONDS = 60.0
"""So long a stop is accepted after an admin allowed it."""

SAFE_BOOT = rf"SYSTEM\CurrentControlSet\Control\SafeBoot\Network\{NAME}"
"""This key with the value `Service` lets the guard run in safe mode with networking."""


def service_sid(name: str = NAME) -> str:
    """Return the SID of a service: SHA-1 of its upper-case UTF-16 name as five little-endian words."""
    digest = hashlib.sha1(name.upper().encode("utf-16-le"), usedforsecurity=False).digest()
    words = (int.from_bytes(digest[start : start + 4], "little") for start in range(0, 20, 4))
    return "S-1-5-80-" + "-".join(str(word) for word in words)


def command_line(plan: ServicePlan) -> str:
    """Return the program as one line, the executable always quoted: an unquoted path with a space can be hijacked."""
    first, *others = plan.program
    return f'"{first}" {subprocess.list2cmdline(others)}'
