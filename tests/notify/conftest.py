"""Receivers, and the homes and daemons of the service's tests."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

HERE = Path(__file__).parent
Receiver = runpy.run_path(str(HERE / "receiver.py"))["Receiver"]
HOUSE = runpy.run_path(str(HERE.parent / "service" / "house.py"))


@pytest.fixture
def receiver() -> Iterator[Callable[..., Any]]:
    made: list[Any] = []

    def make(mood: str = "ok") -> Any:
        made.append(Receiver(mood))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def sim() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as process:
        yield process


@pytest.fixture
def house(tmp_path: Path) -> Any:
    return HOUSE["House"](tmp_path)


@pytest.fixture
def eventually() -> Callable[..., Any]:
    wait: Callable[..., Any] = HOUSE["wait_for"]
    return wait


@pytest.fixture
def guard_in() -> Iterator[Callable[..., Any]]:
    guards: list[Any] = []

    def make(home: Path) -> Any:
        guards.append(HOUSE["Guard"](home).start())
        return guards[-1]

    yield make
    for guard in guards:
        guard.process.kill()
        guard.process.wait()
        guard.process.stderr.close()
