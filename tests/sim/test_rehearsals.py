"""Seeded worlds in virtual time: no promise is broken, and the same seed decides the same."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from service.rehearsal.campaign import Changes, Totals, replay_command, run_seeds, tell
from service.rehearsal.plan import FAMILIES, FAULTS, draw
from service.rehearsal.run import Report, run_plan, run_seed
from service.rehearsal.world import World

SEEDS = int(os.environ.get("RISK_SIM_SEEDS", "1000"))
BLOCK = 50
KNOWN = [
    line.split()
    for line in Path(__file__).with_name("seeds.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def struck() -> Counter[str]:
    """Return the faults of all blocks of worlds, by family."""
    return Counter()


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_no_promise_is_broken_in_any_of_these_worlds(first: int, struck: Counter[str]) -> None:
    totals = Totals()

    for report in run_seeds(range(first, first + BLOCK), Changes(), jobs=1):
        totals.add(report)

    assert not totals.broken, "\n".join(tell(report) for report in totals.broken[:1])
    assert totals.decided["enforcements proven"] > 0
    struck.update(totals.families())


def test_every_family_of_faults_struck_often_in_these_worlds(
    struck: Counter[str], record_property: Callable[[str, str], None]
) -> None:
    if not struck:
        pytest.skip("the worlds themselves did not run")
    rare = {family: struck[family] for family in FAMILIES if struck[family] < SEEDS // 10}

    assert rare == {}
    for family, count in struck.items():
        record_property("sim:faults in the worlds of this run", f"{family:<18}{count:>6}")


def run_known(seed: str, gone: list[str]) -> Report:
    return run_plan(Changes(without=tuple(gone)).apply(draw(int(seed))))


def test_worlds_that_once_broke_a_promise_keep_them_all() -> None:
    broken = {seed: found.broken for seed, *gone in KNOWN if (found := run_known(seed, gone)).broken}

    assert broken == {}


def test_the_same_seed_gives_the_same_decisions() -> None:
    assert [run_seed(seed).digest for seed in range(5)] == [run_seed(seed).digest for seed in range(5)]


def test_the_order_of_hashes_changes_no_decision() -> None:
    code = "from service.rehearsal.run import run_seed; print([run_seed(s).digest for s in range(4)])"

    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            timeout=120,
        ).stdout
        for seed in ("0", "1", "random")
    }

    assert len(said) == 1


def test_another_account_beside_it_changes_no_decision_of_an_account() -> None:
    alone = run_seed(5)
    world, other = World(draw(5)), World(draw(6))

    world.begin()
    other.begin()
    for second in range(1, draw(5).length + 1):
        world.clockwork.run(world.stage.start + second * 1_000_000)
        other.clockwork.run(other.stage.start + second * 1_000_000)
    world.end()

    assert world.stage.hash.hexdigest() == alone.digest


def test_a_replay_command_names_what_was_taken_away() -> None:
    plan = draw(2)
    family = next(name for name in FAULTS if plan.fault(name))

    command = replay_command(plan.without(family))

    assert command == f"risk-sim --first 2 --seeds 1 --without {family}"
    assert run_plan(Changes(without=(family,)).apply(plan)).plan == plan.without(family)


def test_how_many_processes_there_are_changes_no_decision() -> None:
    alone = list(run_seeds(range(10), Changes(length=10), jobs=1))
    shared = list(run_seeds(range(10), Changes(length=10), jobs=2))

    assert shared == alone
