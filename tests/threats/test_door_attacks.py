"""The doors under attack while a real guard runs: flooded and stalled, asked for the admin's verbs, guessed at."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from engine.units import SECOND
from service import client
from service.clock import boot_clock
from service.doors.limits import DoorName
from service.doors.opening import TABLES
from service.home import Home
from service.password import AdminPassword

ALICE = 9120345
RIGHT = "correct horse battery"
Start = Callable[..., Any]


@pytest.fixture
def home(house: Any, sim: SimulatorProcess) -> Path:
    made: Path = house.home(sim)
    AdminPassword(Home(made).password).set(RIGHT)
    return made


def refusal(home: Path, door: str, verb: str, **fields: Any) -> str:
    """Ask, and return the code with which it was refused, empty when it was not."""
    try:
        client.ask(home, door, verb, **fields)
    except client.AskRefused as refused:
        return refused.code
    return ""


@contextmanager
def attacked(home: Path) -> Iterator[list[int]]:
    """Flood both open doors from four threads, and hold as many silent lines open as they let in."""
    ending, sent = threading.Event(), [0]

    def flood(door: str) -> None:
        while not ending.is_set():
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.settimeout(2)
                line.connect(str(home / "doors" / f"{door}.sock"))
                line.sendall(b'{"schema": "risk.ask/1", "verb": "lock", "until": "nonsense"}\n')
                line.recv(4096)
                sent[0] += 1

    def stall(door: str) -> None:
        while not ending.is_set():
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.settimeout(8)
                line.connect(str(home / "doors" / f"{door}.sock"))
                line.sendall(b'{"schema": ')
                line.recv(4096)

    doors = ("view", "trader")
    threads = [threading.Thread(target=flood, args=(door,), daemon=True) for door in doors * 2]
    threads += [threading.Thread(target=stall, args=(door,), daemon=True) for door in doors * 4]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        ending.set()
        for thread in threads:
            thread.join(15)


def test_a_breach_is_closed_while_both_doors_are_flooded_and_stalled(
    home: Path, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(home)
    guard.ready()

    with attacked(home) as sent:
        eventually(lambda: sent[0] > 20, 60.0, say=guard.log)
        sim.place(ALICE, "MNQ", "buy", 3)
        [done] = eventually(
            lambda: [one for one in guard.acts("enforcement") if one["progress"] == "proven"],
            30.0,
            say=guard.log,
        )
        assert refusal(home, "admin", "ping", password=RIGHT) == "", "the admin's door is another one"

    assert float(done["sent_ms"]) < 1_000
    assert sim.state(ALICE)["flat"]
    assert [lock["rule"] for lock in eventually(lambda: guard.account()["locks"], 10.0)] == ["max_two"]
    eventually(lambda: client.ask(home, "view", "ping"), 20.0)


def test_no_verb_of_the_admin_exists_at_the_other_doors(
    home: Path, guard_in: Start, eventually: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    guard = guard_in(home)
    guard.ready()
    verbs = sorted(set(TABLES[DoorName.ADMIN]) - set(TABLES[DoorName.TRADER]) - set(TABLES[DoorName.VIEW]))
    assert "unlock" in verbs

    for door in ("view", "trader"):
        for verb in verbs:  # a door takes so many requests at a time; whoever is too fast asks again
            ask = partial(refusal, home, door, verb, password=RIGHT)
            assert eventually(lambda ask=ask: (code := ask()) != "busy" and code) == "unknown_verb"
    guard.stop()

    assert run(["admin", "audit", "--json", "--kind", "ask", "--home", str(home)]) == 0
    rows = [json.loads(json.loads(line)["body"]) for line in capsys.readouterr().out.splitlines()]
    asked = [(row["door"], row["verb"], row["code"]) for row in rows if row["code"] != "busy"]
    assert asked == [("trader", verb, "unknown_verb") for verb in verbs]
    assert RIGHT not in json.dumps(rows)


def guessed_before(path: Path) -> None:
    """Leave nine wrong guesses behind, each after its wait; the last wait is just over."""
    moment = [boot_clock()() - 525 * SECOND]
    password = AdminPassword(path, clock=lambda: moment[0])
    for number in range(9):
        checked = password.check(f"guess {number}")
        assert checked.was_looked_at
        moment[0] += int((checked.wait + 1) * SECOND)


def test_a_restart_does_not_shorten_the_wait_after_wrong_passwords(home: Path, guard_in: Start) -> None:
    guessed_before(Home(home).password)
    guard = guard_in(home)
    guard.ready()
    assert refusal(home, "admin", "ping", password="one guess more") == "wrong_password"  # noqa: S106

    guard.kill()
    again = guard_in(home)
    again.ready()

    assert refusal(home, "admin", "ping", password=RIGHT) == "wait", "not even the right one is looked at"
    assert AdminPassword(Home(home).password).check(RIGHT).wait > 60
