"""The systemd unit: started at boot, restarted for ever, watched, and shut in as far as a guard can be."""

from pathlib import Path

from service.system.plan import DESCRIPTION, ServicePlan

FOLDER = Path("/etc/systemd/system")


def unit_path(plan: ServicePlan) -> Path:
    """Return where the unit file lies."""
    return FOLDER / f"{plan.name}.service"


def unit_text(plan: ServicePlan) -> str:
    """Return the unit. `ProtectSystem=strict` leaves it nothing to write to but its home.

    New files may be read by others, because what is published must be; the closed folders close the rest.
    """
    return f"""\
# Written by `risk admin service install`; a change by hand is told by `risk doctor`.
[Unit]
Description={DESCRIPTION}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={" ".join(_quoted(part) for part in plan.program)}
User={plan.user}
Restart=always
RestartSec=2
WatchdogSec=30
TimeoutStartSec=180
TimeoutStopSec=15
KillMode=mixed
UMask=0022
ReadWritePaths={_quoted(str(plan.home))}
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectProc=invisible
PrivateTmp=yes
PrivateDevices=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources

[Install]
WantedBy=multi-user.target
"""


def _quoted(part: str) -> str:
    """Return one word of a command line; systemd reads `%` and `$` as its own signs."""
    escaped = part.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{escaped}"' if any(sign in escaped for sign in " \t'\"\\;") else escaped
