"""Record a day for each rule of the starter pack: what the guard hears while the day's script is played.

Run it again when a day itself must change: `python tests/days/record_days.py [RULE ...]`. A script is one step a
line, in the language of rule tests; their venue answers, in virtual time. Unlike there every price is an event, so
that the recording alone brings about the same decisions.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2]))

from dsl.pipeline import load_ruleset
from dsl.problems import Problem, Source, Span
from dsl.rule_tests import world
from dsl.rule_tests.acting import act
from dsl.rule_tests.arming import enforcing, with_settings
from dsl.rule_tests.moments import moment_of
from dsl.rule_tests.steps_reading import read_step
from dsl.wall_time import place_on
from engine.events import ClockTick, Event, GuardStarted, QuoteSeen
from engine.outcome import Decision
from engine.rule import RuleSet
from engine.state import State
from engine.units import DAY, HOUR, Duration, Instant
from service.store.encode import from_text, to_text

HERE = Path(__file__).parent
STARTER = HERE.parents[1] / "rulesets" / "starter"
ZONE = ZoneInfo("America/Chicago")
OPENS = place_on(date(2025, 3, 7), 8 * HOUR, ZONE)
"""A Friday at 08:00 Chicago; the clocks change on Sunday."""


def rules_of(name: str) -> RuleSet:
    """Return one shipped rule, enforcing. A price stays fresh all day, for the days name a price only when it moves."""
    loaded = load_ruleset(STARTER)
    assert loaded.ruleset is not None, loaded.problems
    rules = tuple(rule for rule in loaded.ruleset.rules if rule.name == name)
    alone = enforcing(replace(loaded.ruleset, rules=rules))
    return with_settings(alone, lambda old: replace(old, fresh_for=Duration(7 * DAY)))


class Day(world.World):
    """The world of a rule test in which the guard hears every price."""

    def quote(self, contract: str) -> None:
        self._put_quote(contract, self.now)

    def _put_quote(self, contract: str, heard_at: Instant) -> None:
        self.list_contracts()
        self.hear(QuoteSeen(self.now, replace(self._quote(contract), quoted_at=self.now)))


def record(name: str) -> list[str]:
    """Play a rule's script and return the events that the engine heard, one line each."""
    lines: list[str] = []
    decisions: list[Decision] = []
    real = world.step

    def noted(state: State, event: Event, rules: RuleSet) -> Any:
        after, outcome = real(state, event, rules)
        decisions.extend(outcome.decisions)
        # A rule about seconds looks at each of them; those that changed nothing would only fill the file.
        is_silent = replace(after, now=state.now, wakes=state.wakes) == state
        if not (isinstance(event, ClockTick) and is_silent):
            lines.append(to_text(event, Event))
        return after, outcome

    world.step = noted
    try:
        day = Day(rules_of(name), OPENS)
        for line in (HERE / "scripts" / f"{name}.day").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                _play(day, name, line)
    finally:
        world.step = real
    assert list(replay(name, lines)) == decisions, "without the silent seconds the day is another one"
    return lines


def replay(name: str, lines: list[str]) -> Iterator[Decision]:
    """Give the engine a recorded day again; at each start the state is stored and read, as by a real restart."""
    rules, state = rules_of(name), State(world.ACCOUNT)
    for line in lines:
        event: Any = from_text(line, Event)
        if isinstance(event, GuardStarted):
            state = from_text(to_text(state, State), State)
        state, outcome = world.step(state, event, rules)
        yield from outcome.decisions


def _play(day: Day, name: str, line: str) -> None:
    problems: list[Problem] = []
    step = read_step(Span(Source(name, line), 0, len(line)), problems)
    assert step is not None, problems
    at = moment_of(step.when, day.now, ZONE)
    assert at is not None, line
    while (deadline := day.next_deadline(at)) is not None:
        day.wait_until(deadline)
    day.wait_until(at)
    if step.event is not None:
        act(day, step.event, ZONE, lambda _path: rules_of(name))


if __name__ == "__main__":
    for script in sorted((HERE / "scripts").glob("*.day")):
        if script.stem in (sys.argv[1:] or [script.stem]):
            told = "\n".join(record(script.stem)) + "\n"
            (HERE / "recorded" / f"{script.stem}.jsonl").write_text(told, encoding="utf-8")
