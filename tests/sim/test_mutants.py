"""Every planted mistake is found: a simulation that finds nothing in a broken engine proves nothing in a whole one."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from service.rehearsal.run import run_seed
from service.rehearsal.shrink import shrink

TRIES = int(os.environ.get("RISK_SIM_TRIES", "20"))
"""Seeds tried from the one on which the mistake was found last."""

Record = Callable[[str, str], None]
Plant = Callable[[Any], AbstractContextManager[None]]


@pytest.mark.timeout(600)
def test_a_planted_mistake_is_found(mutant: Any, plant: Plant, record_property: Record) -> None:
    with plant(mutant):
        found = next((one for one in map(run_seed, tried(mutant)) if one.broken), None)

    assert found is not None, f"nobody noticed: {mutant.about}"
    promise = found.broken.partition(":")[0]
    row = f"{mutant.name:<34}{found.plan.seed + 1:>5}  {promise:<12}{mutant.about}"
    record_property("sim:planted mistakes, the world that finds each, and the promise it breaks", row)


def tried(mutant: Any) -> range:
    return range(mutant.seed, mutant.seed + TRIES)


def test_a_broken_world_is_made_smaller_and_breaks_the_same_promise(plant: Plant, one_too_few: Any) -> None:
    with plant(one_too_few):
        report = next(report for seed in range(20) if (report := run_seed(seed)).broken)
        small = shrink(report)

    assert small.broken.partition(":")[0] == report.broken.partition(":")[0]
    assert small.plan.length <= report.plan.length
    assert sum(map(bool, small.plan.faults.values())) <= sum(map(bool, report.plan.faults.values()))
