"""What a service is to be, on each system: golden files, and the systems' own checkers where they are at hand."""

import plistlib
import shutil
import subprocess
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from service.supervise import hosting
from service.system.launchd_plist import plist_bytes
from service.system.plan import ServicePlan, host_program
from service.system.systemd_unit import unit_text
from service.system.windows_plan import SERVICE_SDDL, command_line, service_sid

PROGRAM = (
    "/opt/risk-manager/bin/python",
    "-I",
    "-X",
    "utf8",
    "-m",
    "cli",
    "service-host",
    "--home",
    "/var/lib/risk-manager",
)
PLAN = ServicePlan("risk-manager", PROGRAM, Path("/var/lib/risk-manager"), "riskmanager")


def test_the_unit_is_as_it_was_agreed(snapshot: SnapshotAssertion) -> None:
    assert unit_text(PLAN) == snapshot


def test_a_path_with_spaces_and_signs_stays_one_word() -> None:
    plan = ServicePlan(
        "risk-manager", ("/opt/my guard/bin/python", "100%", "$HOME"), Path("/srv/my home"), "riskmanager"
    )

    assert 'ExecStart="/opt/my guard/bin/python" 100%% $$HOME' in unit_text(plan)
    assert 'ReadWritePaths="/srv/my home"' in unit_text(plan)


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze here: the unit was not checked by it"
)
def test_systemd_itself_finds_the_unit_right_and_closed(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    plan = ServicePlan("risk-manager", (str(program), *PROGRAM[1:]), tmp_path, "root")
    unit = tmp_path / "risk-manager.service"
    unit.write_text(unit_text(plan))

    verified = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False
    )
    scored = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=40", str(unit)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (verified.returncode, verified.stderr) == (0, "")
    assert scored.returncode == 0, scored.stdout[-300:]


def test_the_launchd_job_reads_back_as_planned() -> None:
    job = plistlib.loads(plist_bytes(PLAN))

    assert job["ProgramArguments"] == list(PROGRAM)
    assert (job["RunAtLoad"], job["KeepAlive"], job["UserName"]) == (True, True, "riskmanager")


def test_service_sids_are_those_of_the_system() -> None:
    """The second one is a known service's, published by its maker."""
    assert service_sid() == "S-1-5-80-2243481332-2073837113-1241813276-2149165814-2935348981"
    assert service_sid("TrustedInstaller") == "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"


def test_users_may_look_at_the_service_and_send_it_nothing_and_administrators_keep_all() -> None:
    users = next(entry for entry in SERVICE_SDDL.split("(") if entry.endswith(";IU)"))
    administrators = next(entry for entry in SERVICE_SDDL.split("(") if entry.endswith(";BA)"))
    rights = {users.split(";")[2][at : at + 2] for at in range(0, len(users.split(";")[2]), 2)}

    assert rights.isdisjoint({"CR", "RP", "WP", "DT", "DC", "SD", "WD", "WO"})
    assert "D;" not in SERVICE_SDDL.replace("D:", "")
    assert {"WD", "WO", "SD", "DC"} <= {
        administrators.split(";")[2][at : at + 2] for at in range(0, len(administrators.split(";")[2]), 2)
    }


WINDOWS_HOME = Path("C:/ProgramData/Risk Manager")


@pytest.mark.parametrize(
    ("platform", "executable", "is_frozen", "line"),
    [
        (
            "win32", r"C:\Program Files\Risk Manager\risk.exe", True,
            rf'"C:\Program Files\Risk Manager\risk-service.exe" --home "{WINDOWS_HOME}"',
        ),
        (
            "win32", r"C:\Program Files\Risk Manager\risk-service.exe", True,
            rf'"C:\Program Files\Risk Manager\risk-service.exe" --home "{WINDOWS_HOME}"',
        ),
        (
            "win32", r"C:\Program Files\Python\python.exe", False,
            rf'"C:\Program Files\Python\python.exe" -I -X utf8 -m service.windows --home "{WINDOWS_HOME}"',
        ),
        ("linux", "/opt/risk/risk", True, f'"/opt/risk/risk" service-host --home "{WINDOWS_HOME}"'),
        (
            "linux", "/opt/risk/bin/python", False,
            f'"/opt/risk/bin/python" -I -X utf8 -m cli service-host --home "{WINDOWS_HOME}"',
        ),
    ],
)  # fmt: skip
def test_the_command_line_of_the_service(platform: str, executable: str, is_frozen: bool, line: str) -> None:
    """The shipped program and a Python, each with its path quoted and heeding nothing that a user could set."""
    program = host_program(platform, WINDOWS_HOME, executable, is_frozen=is_frozen)

    assert command_line(ServicePlan("RiskManager", program, WINDOWS_HOME, "LocalSystem")) == line


def test_the_shipped_service_keeps_the_command_line_program_beside_it_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "/opt/risk/risk-service.exe")

    assert hosting.guard_command(Path("/srv/home")) == [
        "/opt/risk/risk.exe", "run", "--home", "/srv/home", "--supervised"
    ]  # fmt: skip


def test_the_windows_program_is_quoted() -> None:
    plan = ServicePlan(
        "RiskManager",
        (r"C:\Program Files\Risk\python.exe", "-m", "cli", r"C:\a b"),
        Path("C:/"),
        "LocalSystem",
    )

    assert command_line(plan) == r'"C:\Program Files\Risk\python.exe" -m cli "C:\a b"'
