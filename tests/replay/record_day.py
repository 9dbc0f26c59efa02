"""Record one day of the simulator: what the guard heard and what it decided, as JSON lines.

Run it again only when the recorded day itself must change: `python tests/replay/record_day.py`.
The day is a Friday from 08:20 to 15:20 Chicago, in virtual time, with an impatient trader and no faults.
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dsl.pipeline import load_ruleset
from engine.events import Event
from engine.outcome import Decision
from engine.rule import RuleSet
from engine.state import State
from engine.units import HOUR, MINUTE
from service.rehearsal import guard, world
from service.rehearsal.plan import Plan
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
    real = guard.step

    def noted(state: State, event: Event, ruleset: RuleSet) -> Any:
        after, outcome = real(state, event, ruleset)
        lines.append(f"event {to_text(event, Event)}")
        lines.extend(f"decision {to_text(decision, Decision)}" for decision in outcome.decisions)
        return after, outcome

    guard.step = noted  # type: ignore[assignment]
    world.rule_set = lambda plan: rules()  # type: ignore[assignment]
    world.STEP_MS = 20_000
    world.OPENINGS["day"] = -(world.RESET_HOUR * HOUR) + 14 * HOUR + 20 * MINUTE
    plan = Plan(
        seed=20_261_120,
        length=7 * 3600,
        pace=240.0,
        opening="day",
        rules=(),
        limit=5,
        limit_each=3,
        faults={},
        skew_ms=0,
        has_suspended=True,
        flip_rows=1,
        is_encoded=True,
        admin=0.0,
        reload=0.0,
        jumps=0.05,
        held_back=False,
    )
    day = world.World(plan)
    day.watch.all = []  # those look for other rules than these
    day.guard.start()
    day.trader.start()
    day.clockwork.run(day.start + plan.length * 1_000_000)
    guard.step = real
    return lines


if __name__ == "__main__":
    DAY.write_text("\n".join(record()) + "\n", encoding="utf-8")
