"""The simulator as a process: its one line, its end, its control door, its speed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from connectors.simulator.child import SimulatorError, SimulatorProcess
from connectors.simulator.core.instants import SECOND, parse

ROOT = Path(__file__).parents[2]


def test_the_process_prints_one_line_and_ends_at_once_on_a_signal() -> None:
    command = [sys.executable, "-m", "connectors.simulator", "--seed", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        code = process.wait(timeout=5)

    assert set(told) == {"api", "user_hub", "market_hub", "userName", "apiKey", "accounts", "contracts"}
    assert (code, rest) == (0, "")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("wrong", [["--speed", "0"], ["--world", "nowhere"], ["--start", "noon"]])
def test_a_start_that_cannot_be_is_one_sentence_and_exit_3(wrong: list[str]) -> None:
    command = [sys.executable, "-m", "connectors.simulator", *wrong]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert wrong[1] in done.stderr


def test_a_port_in_use_is_one_sentence_and_exit_3() -> None:
    with SimulatorProcess() as running:
        port = running.api.rsplit(":", 1)[1]
        command = [sys.executable, "-m", "connectors.simulator", "--port", port]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)

    assert second.returncode == 3
    assert second.stderr.count("\n") == 1
    assert port in second.stderr


def test_the_control_door_names_what_it_does_not_know(sim: SimulatorProcess) -> None:
    with pytest.raises(SimulatorError, match="unknown field 'prize'"):
        sim.control("/sim/price", {"contract": "MNQ", "prize": 1})
    with pytest.raises(SimulatorError, match="none of 9120345"):
        sim.control("/sim/state", {"account": 5})
    with pytest.raises(SimulatorError, match="0: a step needs exactly one of buy"):
        sim.control("/sim/script", {"account": 9120345, "script": [{"after": 1}]})
    with pytest.raises(SimulatorError, match="drop: 'x' does not fit"):
        sim.control("/sim/faults/hub", {"drop": "x"})
    with pytest.raises(SimulatorError, match="times: True does not fit"):
        sim.control("/sim/faults/rest", {"kind": "slow", "times": True})


def test_a_script_can_be_started_by_hand(sim: SimulatorProcess) -> None:
    sim.control(
        "/sim/script", {"account": 9120345, "script": [{"buy": 1, "of": "ES"}, {"after": 0.1, "close": "ES"}]}
    )

    sim.wait_until(lambda state: len(state["trades"]) == 2 and state["flat"], 9120345)


def test_a_world_of_ones_own_brings_its_months_and_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "accounts:\n  - {id: 1, name: PRAC-1}\n"
        "markets:\n  - {symbol: MNQ, price: 25500.25, moving: false}\n"
        "months: {MNQ: H27}\n"
        "faults:\n  - {at: 60, fault: hub, hub: user, refuse_status: 503}\n"
    )
    with SimulatorProcess(str(file), speed=600) as running:
        refused = 0
        deadline = time.monotonic() + 5
        while refused != 503 and time.monotonic() < deadline:
            refused = requests.get(running.user_hub, timeout=5).status_code

    assert running.contracts == ["CON.F.US.MNQ.H27"]
    assert refused == 503


def test_an_hour_of_the_venue_passes_in_a_second_at_high_speed() -> None:
    with SimulatorProcess("default", speed=3600) as running:
        first = running.control("/sim/state")["now"]
        time.sleep(1)
        second = running.control("/sim/state")["now"]

    assert 1000 < (parse(second) - parse(first)) / SECOND < 10_000
