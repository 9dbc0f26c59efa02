"""Record one day of the simulator: what the guard heard and what it decided, as JSON lines.

Run it again only when the recorded day itself must change: `python tests/replay/record_day.py`.
The day is a Friday from 08:20 to 15:20 Chicago, in virtual time, with an impatient trader and no faults.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dsl.pipeline import load_ruleset
from engine.events import Event
from engine.outcome import Decision
from engine.rule import RuleSet
from engine.state import State
from engine.units import HOUR, MINUTE
from service.rehearsal import guard_bare, world
from service.rehearsal.plan import draw
from service.rehearsal.rulebook import Armed
from service.store.encode import to_text

HERE = Path(__file__).parent
DAY = HERE / "day.jsonl"


def rules() -> RuleSet:
    """Return the pinned rules of the recorded day."""
    loaded = load_ruleset(HERE / "rules")
    assert loaded.ruleset is not None, loaded.problems
    return loaded.ruleset


def record() -> list[str]:
    """Run the day and return its lines: `event <json>` and, behind it, `decision <json>` for each decision."""
    lines: list[str] = []
    real = guard_bare.step

    def noted(state: State, event: Event, ruleset: RuleSet) -> Any:
        after, outcome = real(state, event, ruleset)
        lines.append(f"event {to_text(event, Event)}")
        lines.extend(f"decision {to_text(decision, Decision)}" for decision in outcome.decisions)
        return after, outcome

    guard_bare.step = noted  # type: ignore[assignment]
    world.arm = lambda plan: Armed(rules(), None, None)  # type: ignore[assignment]
    world.STEP_MS = 20_000
    world.OPENINGS["day"] = -(world.RESET_HOUR * HOUR) + 14 * HOUR + 20 * MINUTE
    plan = replace(
        draw(14).still(),
        length=7 * 3600,
        pace=200.0,
        opening="day",
        rules=(),
        pack="",
        faults={},
        has_suspended=True,
        flip_rows=1,
        is_encoded=True,
        jumps=0.05,
        held_back=False,
        is_housed=False,
    )
    day = world.World(plan)
    day.watch.tell([])  # those look for other rules than these
    day.guard.start()
    day.trader.start()
    day.clockwork.run(day.stage.start + plan.length * 1_000_000)
    guard_bare.step = real
    return lines


if __name__ == "__main__":
    DAY.write_text("\n".join(record()) + "\n", encoding="utf-8")
