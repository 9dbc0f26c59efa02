"""Worlds, scripted traders, determinism, and the process around them."""

import json
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.simulator.child import SimulatorError, SimulatorProcess
from connectors.simulator.core.instants import MINUTE, SECOND, parse
from connectors.simulator.world import WorldError, build, create, read
from connectors.simulator.world_schema import FOLDER

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_every_shipped_world_runs(name: str) -> None:
    exchange = create(read(name), seed=3)

    exchange.advance(exchange.venue.now + MINUTE)

    assert all(market.ask > market.bid for market in exchange.venue.markets.values())


def test_one_world_can_be_created_twice_without_a_trace_of_the_first_time() -> None:
    world = read("busy")
    days = []
    for _ in range(2):
        exchange = create(world, seed=5)
        days.append(exchange.advance(exchange.venue.now + 5 * MINUTE))

    assert days[0] == days[1]


def test_the_same_seed_gives_the_same_day_to_the_last_event() -> None:
    days = []
    for seed in (5, 5, 6):
        exchange = create(read("busy"), seed)
        days.append(exchange.advance(exchange.venue.now + 10 * MINUTE))

    assert days[0] == days[1]
    assert days[0] != days[2]


def test_traders_of_the_busy_world_trade_and_end_each_round_flat() -> None:
    exchange = create(read("busy"), seed=5)

    exchange.advance(exchange.venue.now + 30 * MINUTE)

    venue = exchange.venue
    assert {trade.account_id for trade in venue.trades.values()} == set(venue.accounts)
    assert len(venue.trades) > 20


def test_steps_wait_for_their_time_and_for_what_shall_come_true() -> None:
    script = [
        {"at": 1, "buy": 1, "of": "MNQ"},
        {"wait": "position"},
        {"after": 2, "move": "MNQ", "by": -10, "moving": False},
        {"close": "MNQ"},
        {"wait": "quiet", "within": 5},
        {"can_trade": False},
    ]
    raw = {
        "accounts": [{"id": 1, "name": "PRAC-1"}],
        "markets": [{"symbol": "MNQ", "price": 25500, "moving": False}],
        "traders": [{"account": 1, "script": script}],
    }
    exchange = create(build(raw, "test"), seed=1)
    exchange.advance(exchange.venue.now + 10 * SECOND)

    opened, closed = exchange.venue.trades.values()
    assert 1.9 < (closed.created - opened.created) / SECOND < 2.3
    assert closed.gross == Decimal("-20.50")
    assert not exchange.venue.accounts[1].can_trade


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"accounts": []}, "accounts"),
        ({"marktes": []}, "marktes"),
        ({"markets": [{"symbol": "NOPE"}]}, "'NOPE' is no symbol"),
        ({"settings": {"flip_rows": 3}}, "settings/flip_rows"),
        ({"accounts": [{"id": 1, "name": "A", "login": "x"}]}, "'x' is no userName"),
        ({"accounts": [{"id": 1, "name": "A"}, {"id": 1, "name": "B"}]}, "the same id"),
        ({"start": "yesterday"}, "'yesterday' is not a time"),
        ({"traders": [{"account": 1, "script": [{"buy": 1}]}]}, "traders/0/script/0"),
        ({"traders": [{"account": 1, "script": [{"close": "ES"}]}]}, "'ES' is no market"),
        ({"traders": [{"account": 2, "script": [{"cancel": "all"}]}]}, "2 is no account"),
    ],
)
def test_a_wrong_world_is_refused_with_its_place(change: dict[str, Any], told: str) -> None:
    good = {"accounts": [{"id": 1, "name": "A"}], "markets": [{"symbol": "MNQ"}]}

    with pytest.raises(WorldError, match=told):
        create(build(good | change, "test"), seed=1)


def test_an_unknown_world_names_the_known_ones() -> None:
    with pytest.raises(WorldError, match="busy, default"):
        read("nowhere")


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
