"""Many seeds: each run, the totals, and the failing ones made small."""

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context

from service.rehearsal.plan import FAMILIES, FAULTS, Plan, draw
from service.rehearsal.run import Report, run_plan
from service.rehearsal.shrink import shrink


@dataclass(frozen=True, slots=True)
class Changes:
    """What to change in every world, to replay a smaller one: no such faults, only these rules, so many seconds."""

    without: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    length: int | None = None
    is_still: bool = False

    def apply(self, plan: Plan) -> Plan:
        """Return the plan with these changes."""
        faults = {name: 0.0 if name in self.without else chance for name, chance in plan.faults.items()}
        plan = replace(plan, faults=faults, rules=self.rules or plan.rules, length=self.length or plan.length)
        return plan.still() if self.is_still else plan


@dataclass(slots=True)
class Totals:
    """Sums over worlds."""

    worlds: int = 0
    seconds: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    races: Counter[str] = field(default_factory=Counter)
    broken: list[Report] = field(default_factory=list)
    housed: int = 0
    cpu: float = 0.0

    def add(self, report: Report) -> None:
        """Take one world in."""
        self.worlds += 1
        self.housed += report.plan.is_housed
        self.cpu += report.cpu
        self.seconds += report.seconds
        self.hits += report.hits
        self.decided += report.decided
        self.races += report.races
        if report.broken:
            self.broken.append(report)

    def families(self) -> dict[str, int]:
        """Return how often each of the ten families of faults struck."""
        return {family: sum(self.hits[name] for name in names) for family, names in FAMILIES.items()}


def run_seeds(seeds: Iterable[int], changes: Changes, jobs: int) -> Iterator[Report]:
    """Yield a report for each seed, in order, from so many processes; how many changes no report."""
    run = partial(_run, changes)
    if jobs <= 1:
        yield from map(run, seeds)
        return
    with get_context("spawn").Pool(jobs, initializer=gc.set_threshold, initargs=COLLECT) as pool:
        yield from pool.imap(run, seeds, chunksize=CHUNK)


COLLECT = (20_000, 50, 50)
"""How seldom Python looks for cycles (its own: 700, 10, 10). A world makes few, and is a tenth faster; measured."""

CHUNK = 8
"""Seeds handed to a process at once: little to carry to and fro, and none waits long at the end."""


def _run(changes: Changes, seed: int) -> Report:
    """Run the world of a seed. The tape of one that kept all promises is not carried to another process."""
    report = run_plan(changes.apply(draw(seed)))
    return report if report.broken else replace(report, tape=())


def cores() -> int:
    """Return how many processes a campaign uses if nobody says."""
    return os.cpu_count() or 1


def replay_command(plan: Plan) -> str:
    """Return the command line that runs this very world again."""
    drawn = draw(plan.seed)
    words = [f"risk-sim --first {plan.seed} --seeds 1"]
    gone = [name for name in FAULTS if drawn.fault(name) and not plan.fault(name)]
    if gone:
        words.append("--without " + ",".join(gone))
    if plan.rules != drawn.rules:
        words.append("--rules " + ",".join(plan.rules))
    if plan.length != drawn.length:
        words.append(f"--length {plan.length}")
    if plan == plan.still() and drawn != drawn.still():
        words.append("--still")
    return " ".join(words)


def tell(report: Report) -> str:
    """Return what people need of a failing seed: what broke, the smallest such world, its end, how to replay it."""
    small = shrink(report)
    lines = [
        f"seed {report.plan.seed}: {report.broken}",
        f"  replay: {replay_command(report.plan)}",
        f"  smallest world: {small.broken}",
        f"  replay: {replay_command(small.plan)}",
        f"  {small.plan.words()}",
        *(f"  | {line}" for line in small.tape),
    ]
    return "\n".join(lines)
