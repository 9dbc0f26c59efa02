"""A home, a venue and a daemon, each real, for tests of the whole service; and the engine thread on a bench."""

import runpy
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from dsl.pipeline import load_ruleset
from engine.rule import RuleSet

HERE = Path(__file__).parent
HOUSE = runpy.run_path(str(HERE / "house.py"))
House, Guard, wait_for = HOUSE["House"], HOUSE["Guard"], HOUSE["wait_for"]
PHONE = runpy.run_path(str(HERE / "phone.py"))
DOORSTEP = runpy.run_path(str(HERE / "doorstep.py"))
Bench = runpy.run_path(str(HERE / "loop_bench.py"))["Bench"]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def sim() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as process:
        yield process


@pytest.fixture
def guard_in() -> Iterator[Callable[..., Guard]]:
    """Start daemons and make sure that none is left."""
    guards: list[Guard] = []

    def make(home: Path, **environment: str) -> Guard:
        guards.append(Guard(home).start(**environment))
        return guards[-1]

    yield make
    for guard in guards:
        if guard.process is not None:
            guard.process.kill()
            guard.process.wait()
            if guard.process.stderr is not None:
                guard.process.stderr.close()


@pytest.fixture
def eventually() -> Callable[..., Any]:
    return wait_for


@pytest.fixture
def rules(tmp_path: Path, house: Any) -> RuleSet:
    loaded = load_ruleset(house.home() / "rulesets" / "limits")
    assert loaded.ruleset is not None, loaded.problems
    return loaded.ruleset


@pytest.fixture
def make(tmp_path: Path, rules: RuleSet) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def bench(**more: Any) -> Bench:
        benches.append(Bench(tmp_path / "data", rules, **more))
        benches[-1].begin()
        return benches[-1]

    yield bench
    for one in benches:
        one.upkeep.finish()
        one.store.connection.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    return make()


@pytest.fixture
def doors_in(tmp_path: Path, bench: Bench) -> Iterator[Callable[..., Any]]:
    """Open the doors of a bench, with its loop running as the engine thread does."""
    ended, opened, threads = threading.Event(), list[Any](), list[threading.Thread]()

    def make(folder: Path | None = None, **limits: Any) -> Any:
        step = DOORSTEP["at"](folder or tmp_path, bench, **limits)
        opened.append(step)
        threads.append(threading.Thread(target=DOORSTEP["running"], args=(step, ended.is_set), daemon=True))
        threads[-1].start()
        step.doors.open()
        return step

    yield make
    for step in opened:
        step.doors.close()
    ended.set()
    bench.inbox.close()
    for thread in threads:
        thread.join(5)
    for step in opened:
        step.house.acts.close()


@pytest.fixture
def phone(doors_in: Callable[..., Any]) -> Any:
    """Return a guard with a lock of six hours, and a partner who has the secret."""
    return PHONE["Phone"](doors_in())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables that tests of this folder drew, also those of tests that failed."""
    tables: dict[str, list[str]] = {}
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, row in getattr(report, "user_properties", ()):
            if name.startswith("service:") and report.when == "call":
                tables.setdefault(name.removeprefix("service:"), []).append(row)
    for title, rows in tables.items():
        terminalreporter.write_sep("-", title)
        for row in rows:
            terminalreporter.write_line(row)
