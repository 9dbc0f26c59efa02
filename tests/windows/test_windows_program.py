"""The shipped program and its installer under Wine: built, tried, installed, guarding, and not removed without the password.

RISK_TEST_WINE names the folder that `tests/windows/winpy.sh` made; what was built there before is taken as it is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service.secrecy.secret_files import MARK

WINE = os.environ.get("RISK_TEST_WINE", "")
if not WINE or shutil.which("wine") is None:
    pytest.skip("Windows: not tested (RISK_TEST_WINE names no Windows Python)", allow_module_level=True)
if shutil.which("makensis") is None:
    pytest.skip("the installer for Windows: not tested (no makensis here)", allow_module_level=True)

pytestmark = pytest.mark.timeout(900)
FOLDER = r"C:\Program Files\Risk Manager"
RISK = rf"{FOLDER}\risk.exe"
SERVICE_HOME = r"C:\ProgramData\RiskManager"
PASSWORD = "a long enough sentence"  # noqa: S105 - of this test's home
STARTED = "ProgramData/Microsoft/Windows/Start Menu/Programs/Risk Manager/Risk status.lnk"


@pytest.fixture(scope="module")
def built(windows: Any) -> Path:
    """Return the folder that holds the program folder and the installer, built by the documented command."""
    out = Path(WINE) / "dist"
    if not (out / "risk" / "risk.exe").is_file():
        ended = subprocess.run(
            [str(Path(WINE) / "winpy"), "-m", "service.packaging", "--only", "program", "--out", f"Z:{out}"],
            capture_output=True, text=True, timeout=800, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stdout[-3000:]
    subprocess.run(
        [sys.executable, "-m", "service.packaging", "--only", "installer", "--out", str(out)],
        timeout=300, check=True,
    )  # fmt: skip
    return out


@pytest.fixture(scope="module")
def setup(built: Path) -> str:
    [found] = built.glob("risk-*-setup.exe")
    return f"Z:{found}"


def asked(windows: Any, action: str, password: str) -> tuple[int, str]:
    """Stop or uninstall the service as the installed program does it."""
    command = ("admin", "service", action, "--home", SERVICE_HOME, "--stdin", "--reason", "the test is over")
    return windows.run(RISK, *command, given=f"{password}\n")  # type: ignore[no-any-return]


def test_the_folder_runs_without_a_python(windows: Any, built: Path) -> None:
    program = f"Z:{built}/risk/risk.exe"

    code, said = windows.run(program, "--version")
    assert (code, said[:5]) == (0, "risk "), said
    code, said = windows.run(program, "validate", f"Z:{built}/risk/_internal/rulesets/starter")
    assert (code, "no problem found" in said) == (0, True), said


@pytest.mark.nightly
def test_the_shipped_demo_plays_and_every_rule_is_proven(windows: Any, built: Path) -> None:
    code, said = windows.run(f"Z:{built}/risk/risk.exe", "demo", "--headless")

    assert (code, "Every rule was enforced and proven" in said) == (0, True), said[-2000:]


def test_installed_it_guards_and_is_not_removed_without_the_password(
    windows: Any, sim: SimulatorProcess, setup: str, tmp_path: Path
) -> None:
    desk = f"Z:{tmp_path}/desk".replace("/", "\\")
    prepared = windows.phase("prepare", sim.api, sim.user_hub, sim.market_hub, home=desk)
    assert prepared["day_began"] == -3_600_000_000, "17:00 in Chicago is an hour before 1970 in UTC"

    code, said = windows.run(setup, "/S", f"/FROM={desk}")
    assert code == 0, (windows.path(FOLDER) / "service.txt").read_text(encoding="utf-16")
    assert windows.path(RISK).is_file()
    assert "status --watch".encode("utf-16-le") in windows.path(STARTED).read_bytes()

    looked = windows.phase("look")
    assert looked["synced"]
    assert looked["ping"] is True
    assert looked["program"] == rf'"{FOLDER}\risk-service.exe" --home {SERVICE_HOME}'
    key = windows.path(SERVICE_HOME) / "secrets" / "main.key"
    assert key.read_text().startswith(MARK), "sealed at the first start"
    assert "demo-key" not in key.read_text()
    assert (tmp_path / "desk/secrets/main.key").read_text() == "demo-key\n", "the old home stays as it was"

    refused = windows.phase("refused")
    assert "1052" in refused["stop"]
    removal = rf'"{FOLDER}\uninstall.exe" /S _?={FOLDER}'
    assert windows.line(removal) == 2, "silently, and so without a password"
    assert windows.run(setup, "/S")[0] == 2, "nor renewed while it runs"
    code, said = asked(windows, "uninstall", "not the password")
    assert (code, windows.path(RISK).is_file(), windows.phase("refused")["guarding"]) == (9, True, True), said

    code, said = asked(windows, "stop", PASSWORD)
    assert code == 0, said
    assert windows.run(setup, "/S")[0] == 0, "renewed"
    assert windows.phase("look")["ping"] is True, "and guarding again"
    code, said = asked(windows, "uninstall", PASSWORD)
    assert code == 0, said
    assert windows.line(removal) == 0
    assert [path.name for path in windows.path(FOLDER).iterdir()] == ["uninstall.exe"], "it ran from there"
    assert not windows.path(STARTED).exists()
    assert (windows.path(SERVICE_HOME) / "settings.yaml").is_file(), "the home stays"
