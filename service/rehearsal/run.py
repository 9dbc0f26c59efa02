"""Running seeds: one world each, and what came of it."""

import logging
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field

from engine.units import SECOND
from service.rehearsal.listener import Violation
from service.rehearsal.plan import Plan, draw
from service.rehearsal.watch import Watcher
from service.rehearsal.world import World

SILENT = logging.CRITICAL + 1


@dataclass(frozen=True, slots=True)
class Report:
    """What one world showed. `broken` is empty when every promise held. `cpu`: seconds of the processor."""

    plan: Plan
    broken: str
    tape: tuple[str, ...]
    digest: str
    seconds: int
    hits: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    races: Counter[str] = field(default_factory=Counter)
    cpu: float = field(default=0.0, compare=False)


def run_plan(plan: Plan) -> Report:
    """Run one world to its end or to the first broken promise. What the service would log is not wanted here."""
    logger = logging.getLogger("risk")
    level = logger.level
    logger.setLevel(SILENT)
    try:
        return _run(plan)
    finally:
        logger.setLevel(level)


def _run(plan: Plan) -> Report:
    began = time.process_time()
    world = World(plan)
    broken = ""
    try:
        world.run()
    except Violation as violation:
        broken = str(violation)
        world.stage.note(f"BROKEN {violation}")
    except Exception as error:  # whatever the engine does with what it hears, it must not fall over
        broken = f"crash: {type(error).__name__}: {error}"
        world.stage.note(traceback.format_exc())
    finally:
        world.close()
    stage = world.stage
    return Report(
        plan,
        broken,
        tuple(stage.tape),
        stage.hash.hexdigest(),
        (stage.now - stage.start) // SECOND,
        stage.hits,
        world.watch.recorder.decided,
        sum((one.races for one in world.watch.all if isinstance(one, Watcher)), Counter()),
        time.process_time() - began,
    )


def run_seed(seed: int) -> Report:
    """Run the world of a seed."""
    return run_plan(draw(seed))
