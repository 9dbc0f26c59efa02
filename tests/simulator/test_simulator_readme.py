"""The README's own lines do what it says."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from connectors.simulator import core
from connectors.simulator.child import SimulatorProcess
from connectors.simulator.server.control_routes import DOORS

README = Path(core.__file__).parents[1] / "README.md"


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="curl and bash are not here")
def test_the_example_by_curl_runs_and_shows_the_leg_that_opens_a_short() -> None:
    [script] = re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    with SimulatorProcess("default") as sim:
        done = subprocess.run(
            ["bash", "-euc", script],
            env={**os.environ, "SIM": sim.api, "TOKEN": ""},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        orders = sim.state(9120345)["orders"]

    assert done.returncode == 0, done.stderr
    placed, held, closed, _, short, *_ = done.stdout.splitlines()
    assert '"success":true' in placed
    assert '"type":1,"size":2' in held
    assert '"success":true' in closed
    assert '"type":2,"size":2' in short
    assert len(orders) == 5  # entry, two legs, close, and the order whose answer was lost


def test_the_example_in_python_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}

    exec(code, names)  # noqa: S102 - our own README

    assert names["events"]


def test_every_door_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    grouped = {"/sim/close", "/sim/cancel"}

    assert [door for door in DOORS if door not in grouped and door not in text] == []
