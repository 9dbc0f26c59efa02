"""`pytest -n 0 tests/threats` tries every attack of the table, wherever its test lies, and prints the table.

Here are the attacks that fit nowhere else, with a venue, a home and a guard for them.
"""

import os
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
REPORT = runpy.run_path(str(HERE / "report.py"))
HOUSE = runpy.run_path(str(TESTS / "service" / "house.py"))
Receiver = runpy.run_path(str(TESTS / "notify" / "receiver.py"))["Receiver"]


def pytest_configure(config: pytest.Config) -> None:
    """Run what the table names too, where this folder is all that was asked for."""
    asked = [(config.invocation_params.dir / arg).resolve() for arg in config.args]
    if asked == [HERE]:
        named = REPORT["tests_named"](is_wine=bool(os.environ.get("RISK_TEST_WINE")))
        own = HERE.relative_to(TESTS.parent).as_posix()
        config.args += [str(TESTS.parent / name) for name in named if not name.startswith(own)]


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
    """Start daemons and make sure that none is left."""
    guards: list[Any] = []

    def make(home: Path, **environment: str) -> Any:
        guards.append(HOUSE["Guard"](home).start(**environment))
        return guards[-1]

    yield make
    for guard in guards:
        guard.process.kill()
        guard.process.wait()
        guard.process.stderr.close()


@pytest.fixture
def left_by() -> Callable[..., Any]:
    """Return what reads the traces that somebody else's guard leaves in its home."""
    guard: Callable[..., Any] = HOUSE["Guard"]
    return guard


@pytest.fixture
def receiver() -> Iterator[Any]:
    """Return a telephone on which people are told."""
    made = Receiver()
    yield made
    made.close()
