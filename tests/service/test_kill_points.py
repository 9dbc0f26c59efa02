"""The real daemon killed at every named place of an enforcement and of the store, then started again, over real sockets."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.simulator.child import SimulatorError, SimulatorProcess
from service.fail_points import POINTS

TABLE = runpy.run_path(str(Path(__file__).with_name("kill_table.py")))
OUTCOMES, PASSINGS, TIDY, run = TABLE["OUTCOMES"], TABLE["PASSINGS"], TABLE["TIDY"], TABLE["run"]
COLUMNS, FOUND = TABLE["COLUMNS"], TABLE["Found"]

ELSEWHERE = {
    "retention.before_commit": "test_store_growth.py kills there",
    "migration.before_version": "test_store_versions.py kills there",
}

SHORT = [
    (("store.before_commit", 1), "executed"),
    (("store.after_commit", 3), "not executed"),
    (("loop.after_step", 2), "refused"),
    (("loop.after_hand", 1), "reply lost"),
    (("loop.after_told", 2), "executed"),
    (("enforcer.before_request", 1), "executed"),
    (("enforcer.after_request", 1), "reply lost"),
    (("snapshot.before_commit", 1), "not executed"),
]
"""Each place and each outcome once; the nightly run takes every pair."""


def test_every_named_place_is_in_the_table_or_killed_elsewhere() -> None:
    assert {*PASSINGS, *ELSEWHERE} == POINTS
    assert {place for (place, _), _ in SHORT} == set(PASSINGS)


@pytest.mark.parametrize(("place", "outcome"), SHORT)
def test_a_kill_at_any_place_ends_flat_locked_and_closed_once(
    house: Any,
    sim: SimulatorProcess,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    place: tuple[str, int],
    outcome: str,
) -> None:
    assert run(house.home(sim), sim, guard_in, eventually, place, outcome).verdict == TIDY


@pytest.mark.nightly
def test_the_whole_kill_table(
    house: Any,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    record_property: Callable[[str, str], None],
) -> None:
    """Every passing of every place with every outcome; the table stands at the end of what pytest prints."""
    record_property("service:kill table", row("killed at", "the request was", *COLUMNS))
    wrong = []
    for name, most in PASSINGS.items():
        for place in ((name, passing) for passing in range(1, most + 1)):
            for outcome in OUTCOMES:
                found = _patiently(house, guard_in, eventually, place, outcome)
                columns = found.drawn() if isinstance(found, FOUND) else (found,)
                record_property("service:kill table", row(f"{name}:{place[1]}", outcome, *columns))
                if not isinstance(found, FOUND) or found.verdict != TIDY:
                    wrong.append((place, outcome, found))
    assert wrong == []


def row(*columns: str) -> str:
    return "".join(
        f"{column:<26}" if number == 0 else f"{column:<17}" for number, column in enumerate(columns)
    )


def _patiently(
    house: Any,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    place: tuple[str, int],
    outcome: str,
) -> Any:
    """Return what one run found; a simulator that does not start on a busy machine is started once more."""
    started: list[Any] = []

    def watched(*given: Any, **more: Any) -> Any:
        started.append(guard_in(*given, **more))
        return started[-1]

    for _ in range(3):
        try:
            with SimulatorProcess("still") as sim:
                found = run(house.home(sim), sim, watched, eventually, place, outcome)
                print(f"{place[0]}, passing {place[1]}, {outcome}: {found.verdict}", flush=True)  # noqa: T201
                return found
        except (SimulatorError, requests.RequestException) as busy:
            print(f"{place}, {outcome}: {busy}", flush=True)  # noqa: T201
        except pytest.fail.Exception as failure:
            print(f"{place}, {outcome}: {failure}", flush=True)  # noqa: T201
            return str(failure)[:80]
        finally:
            for guard in started:  # one that a failed run left would slow down the rest
                guard.kill()
    return "no simulator"
