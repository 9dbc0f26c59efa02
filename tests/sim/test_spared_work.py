"""Work that a step spares itself changes nothing: an engine that spares none of it decides the same at every step."""

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import replace
from functools import cache

import pytest

from engine.events import Event
from engine.outcome import Outcome
from engine.rule import Rule, RuleSet, Topic
from engine.state import State
from engine.step import step
from service.rehearsal.listener import Listener, Violation
from service.rehearsal.plan import draw
from service.rehearsal.world import World

SEEDS = range(24)


class Beside(Listener, ABC):
    """Another engine beside a world's guard. It hears the same events, and knows nothing of what can be spared."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.compared = self.rested = 0
        self.known: State | None = None
        self.followed: State | None = None

    def rules(self) -> RuleSet:
        return self.world.guard.armed.rules

    def start_from(self, before: State) -> State:
        """Return the state to step from: its own last one, unless the guard came back from what was stored."""
        return self.followed if self.followed is not None and before is self.known else before

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        self.compared += 1
        self.rested += before.rest is not None and after.rest is before.rest
        self.followed, found = step(self.start_from(before), event, self.rules())
        self.known = after
        self.see(after, outcome, found)

    @abstractmethod
    def see(self, after: State, outcome: Outcome, found: Outcome) -> None:
        """Compare what the world's guard decided with what this engine `found`."""


class Restless(Beside):
    """Enforces at every event."""

    def start_from(self, before: State) -> State:
        return replace(super().start_from(before))  # a copy has no `rest`

    def see(self, after: State, outcome: Outcome, found: Outcome) -> None:
        assert found == outcome
        assert self.followed == after


class Eager(Beside):
    """Looks at every rule that time concerns at every event. Only what windows hold differs: they forget as late as nobody can tell."""

    def rules(self) -> RuleSet:
        rules = super().rules()
        return replace(rules, rules=tuple(map(by_the_clock, rules.rules)))

    def see(self, after: State, outcome: Outcome, found: Outcome) -> None:
        assert self.followed is not None
        assert found == outcome
        assert replace(self.followed, windows={}) == replace(after, windows={})


def by_the_clock(rule: Rule) -> Rule:
    """Return a rule that trusts no instant known beforehand."""
    return replace(rule, reads=rule.reads | {Topic.CLOCK}) if Topic.CALENDAR in rule.reads else rule


@cache
def run_beside(seed: int) -> tuple[Beside, ...]:
    """Return the other engines after a whole world."""
    world = World(draw(seed))
    besides = (Restless(world), Eager(world))
    world.watch.tell((*world.watch.all, *besides))
    with suppress(Violation):  # whether promises are kept is looked at elsewhere
        world.run()
    world.close()
    return besides


@pytest.mark.parametrize("seed", SEEDS)
def test_an_engine_that_looks_at_everything_at_every_event_decides_and_asks_for_the_same(seed: int) -> None:
    assert all(one.compared > 10 for one in run_beside(seed))


def test_there_is_no_need_to_enforce_at_a_good_part_of_the_steps() -> None:
    restless = [run_beside(seed)[0] for seed in SEEDS]

    assert sum(one.rested for one in restless) > sum(one.compared for one in restless) / 10
