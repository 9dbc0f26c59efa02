"""A Windows of its own for each file of tests: a Wine prefix, and the venue of the simulator beside it.

RISK_TEST_WINE names the folder that `tests/windows/winpy.sh` made (CI makes it).
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

WINE = os.environ.get("RISK_TEST_WINE", "")
HOME = r"C:\ProgramData\RiskManager"


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

    def phase(self, name: str, *arguments: str, home: str = HOME) -> dict[str, Any]:
        """Run one phase and return its answer."""
        return self.script("phases.py", name, home, *arguments)

    def script(self, name: str, *arguments: str) -> dict[str, Any]:
        """Run a script of this folder in the Windows Python and return its answer."""
        ended = subprocess.run(
            [str(Path(WINE) / "winpy"), str(Path(__file__).with_name(name)), *arguments],
            env=self._environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        lines = [line for line in ended.stdout.splitlines() if line.startswith("ANSWER ")]
        assert lines, f"{ended.stdout[-3000:]}\n{ended.stderr[-2000:]}"
        answer: dict[str, Any] = json.loads(lines[0].removeprefix("ANSWER "))
        return answer

    def run(self, *command: str, given: str = "") -> tuple[int, str]:
        """Run a program of this Windows; return its exit code and all that it said."""
        ended = subprocess.run(
            ["wine", *command],
            env=self._environment, input=given, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        return ended.returncode, ended.stdout + ended.stderr

    def line(self, text: str) -> int:
        """Run a command line as it is written, which matters to uninstallers; return its exit code."""
        self.path(r"C:\line.bat").write_text(f"@{text}\n@exit %errorlevel%\n")
        return self.run("cmd", "/c", r"C:\line.bat")[0]

    def path(self, name: str) -> Path:
        """Return where a file of this Windows lies on the system that Wine runs on."""
        return self._prefix / "drive_c" / name.removeprefix("C:\\").replace("\\", "/")

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
