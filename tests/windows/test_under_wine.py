"""The Windows service with a real Windows Python and pywin32, under Wine: installed, asked, killed, stopped, removed.

RISK_TEST_WINE names the folder that `tests/windows/winpy.sh` made (CI makes it). What Wine cannot do (access checks,
recovery, reading rights back) is answered by the service itself with "cannot tell" and is not tested here.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

WINE = os.environ.get("RISK_TEST_WINE", "")
if not WINE or shutil.which("wine") is None:
    pytest.skip("Windows: not tested (RISK_TEST_WINE names no Windows Python)", allow_module_level=True)

pytestmark = pytest.mark.timeout(600)
PHASES = Path(__file__).with_name("phases.py")
HOME = r"C:\ProgramData\RiskManager"
ALICE = 9120345


class Windows:
    """One Wine prefix of its own."""

    def __init__(self, prefix: Path) -> None:
        self._prefix = prefix
        self._environment = {
            **os.environ,
            "WINEPREFIX": str(prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
        }
        self._environment |= {"WINEDLLOVERRIDES": "mscoree,mshtml="}

    def phase(self, name: str, *arguments: str) -> dict[str, Any]:
        """Run one phase and return its answer."""
        ended = subprocess.run(
            [str(Path(WINE) / "winpy"), str(PHASES), name, HOME, *arguments],
            env=self._environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        lines = [line for line in ended.stdout.splitlines() if line.startswith("ANSWER ")]
        assert lines, f"{ended.stdout[-3000:]}\n{ended.stderr[-2000:]}"
        answer: dict[str, Any] = json.loads(lines[0].removeprefix("ANSWER "))
        return answer

    def power_cut(self) -> None:
        """End everything of this Windows at once, as a power cut would."""
        subprocess.run(["wineserver", "-k"], env=self._environment, timeout=60, check=False)
        self._awake.wait(30)

    def settle(self) -> None:
        """Wait until the first boot has ended for good; the service manager is another one before that."""
        subprocess.run(["wineserver", "-w"], env=self._environment, timeout=120, check=False)

    def stay_awake(self) -> None:
        """Keep this Windows running, with one service manager all the time, which starts what starts at boot.

        What it starts inherits no pipe of ours, so that no phase waits for a service.
        """
        flag = self._prefix.parent / "awake"
        flag.unlink(missing_ok=True)
        code = f"import pathlib, time; pathlib.Path(r'Z:{flag}').write_text('yes'); time.sleep(900)"
        self._awake = subprocess.Popen(
            [str(Path(WINE) / "winpy"), "-c", code],
            env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 120
        while not flag.exists():
            assert time.monotonic() < deadline, "this Windows does not come up"
            time.sleep(0.2)

    def boot(self) -> None:
        subprocess.run(
            ["wineboot", "-i"], env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300, check=False
        )  # fmt: skip


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    made = Windows(tmp_path_factory.mktemp("wine") / "prefix")
    made.boot()
    made.settle()
    made.stay_awake()
    yield made
    made.power_cut()


@pytest.fixture(scope="module")
def sim() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as process:
        yield process


def test_the_service_from_installation_over_a_power_cut_to_its_removal(
    windows: Windows, sim: SimulatorProcess
) -> None:
    installed = windows.phase("install", sim.api, sim.user_hub, sim.market_hub)
    assert installed["ping"] is True, "the view door is a named pipe"
    assert installed["steps"]["service"] == "pass"
    assert installed["steps"]["service program"] == "pass"
    assert installed["steps"]["service at boot"] == "pass"
    assert installed["steps"]["program files"] == "unknown"

    refused = windows.phase("refused")
    assert "1052" in refused["stop"]
    assert refused["guarding"] is True

    sim.place(ALICE, "MNQ", "buy", 3)
    held = windows.phase("locked")["locks"]
    assert len(held) == 1
    assert sim.state(ALICE)["flat"]

    windows.power_cut()
    windows.stay_awake()
    assert windows.phase("locked")["locks"] == held, "started at boot by itself, with the same lock and end"

    stopped = windows.phase("stop")
    assert stopped["wrong"] == "wrong_password"
    assert stopped["stop"] == ""
    assert stopped["guarding"] is False, stopped["log"]
    assert "stopped; the guard ended with 0" in stopped["log"]
    assert windows.phase("uninstall")["left"]
