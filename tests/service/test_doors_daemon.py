"""The doors of a daemon that is a process of its own, at the simulated venue."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service import client

Start = Callable[..., Any]


def test_a_daemon_answers_at_its_doors_and_a_lock_survives_a_kill_with_its_stale_sockets(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home: Path = house.home(sim)
    with pytest.raises(client.GuardNotRunning, match="no guard is running"):
        client.ask(home, "view", "ping")
    guard = guard_in(home)
    guard.ready()
    sim.place(9120345, "MNQ", "buy", 1)
    eventually(lambda: guard.account()["positions"], 5, say=guard.log)

    assert client.ask(home, "view", "ping")["pid"] == guard.process.pid
    locked = client.ask(home, "trader", "lock", until="2h", symbol="mnq")
    assert (locked["scope"], locked["positions"]) == ("MNQ", {"MNQ": 1})
    assert next(client.follow(home))["accounts"][0]["name"] == "alice"
    before = eventually(lambda: guard.account()["locks"], 5)
    sim.place(9120345, "MNQ", "buy", 1)  # more than was held when the lock began
    eventually(lambda: sim.state(9120345)["positions"][0]["size"] == 1, 8, say=guard.log)

    guard.kill()
    assert (home / "doors" / "trader.sock").exists(), "a killed daemon cannot tidy up"
    with pytest.raises(client.GuardNotRunning, match="was killed"):
        client.ask(home, "view", "ping")

    again = guard_in(home)
    again.ready()
    assert client.ask(home, "view", "ping")["pid"] == again.process.pid
    assert again.account()["locks"] == before
    assert "recovery:alice" not in again.alarms()

    second = guard_in(home)
    code, said = second.end()
    assert code == 8, said
    assert client.ask(home, "view", "ping")["pid"] == again.process.pid, "the second left the doors alone"

    again.stop()
    with closing(sqlite3.connect(home / "data" / "state.sqlite")) as store:
        rows = [json.loads(body) for (body,) in store.execute("SELECT body FROM audit WHERE kind = 'ask'")]
    assert [(row["verb"], row["code"]) for row in rows] == [("lock", "ok"), ("second_guard", "ok")]
    assert list((home / "doors").iterdir()) == []
