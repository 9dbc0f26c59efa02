"""The Windows service with a real Windows Python and pywin32, under Wine: installed, asked, killed, stopped, removed.

RISK_TEST_WINE names the folder that `tests/windows/winpy.sh` made (CI makes it). What Wine cannot do (access checks,
recovery, reading rights back) is answered by the service itself with "cannot tell" and is not tested here.
"""

import os
import shutil
import sys
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

if not os.environ.get("RISK_TEST_WINE") or shutil.which("wine") is None:
    pytest.skip("Windows: not tested (RISK_TEST_WINE names no Windows Python)", allow_module_level=True)

pytestmark = pytest.mark.timeout(600)
ALICE = 9120345
HOME = r"C:\ProgramData\RiskManager"


def look_at_the_processes(found: dict[str, Any]) -> None:
    """Require that a filtered token sees both run and can do nothing else; it could, were they open."""
    assert found["open_one"] == found["all"]
    assert found["administrator"] == {"service": found["all"], "guard": found["all"]}
    assert found["user"] == {"service": ["see that it runs"], "guard": ["see that it runs"]}


def look_at_the_pipes(pipes: dict[str, Any]) -> None:
    """Require that the status is told at the view door, and that nobody takes the door from others."""
    assert pipes["status"] == "risk.status/1", "from another process, over the named pipe"
    if pipes["squatted"]["is_told_apart"]:
        assert pipes["squatted"]["while_it_runs"] is True
        assert "pipe" in pipes["squatted"]["before_it_came"]
    else:
        sys.stderr.write("who came first to a pipe: not tested, this Wine takes no notice of it\n")
    assert (pipes["too_big"], pipes["no_json"]) == ("bad_request", "bad_request")
    assert pipes["stalled"]["beside"] is True
    assert pipes["stalled"]["asked_s"] < 4, "before the first of them is let go"
    assert pipes["stalled"]["codes"] == ["bad_request"] * 7
    assert 4 < pipes["stalled"]["let_go_s"] < 15
    assert set(pipes["crowded"]) <= {"ok", "busy"}
    assert "ok" in pipes["crowded"]
    assert pipes["afterwards"] is True


def test_the_service_from_installation_over_a_power_cut_to_its_removal(
    windows: Any, sim: SimulatorProcess
) -> None:
    installed = windows.phase("install", sim.api, sim.user_hub, sim.market_hub)
    assert installed["ping"] is True, "the view door is a named pipe"
    assert installed["kept"].startswith("risk-sealed/1 "), "the plain key was sealed at the start, and worked"
    assert installed["steps"]["service"] == "pass"
    assert installed["steps"]["service program"] == "pass"
    assert installed["steps"]["service at boot"] == "pass"
    assert installed["steps"]["program files"] == "unknown"

    refused = windows.phase("refused")
    assert "1052" in refused["stop"]
    assert refused["guarding"] is True

    look_at_the_processes(windows.script("filtered.py", HOME))
    look_at_the_pipes(windows.script("pipes.py", HOME))

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
