"""Running one case: step by step, until the first that differs."""

from dsl.rule_tests.acting import CannotHappen, Compile, act
from dsl.rule_tests.document import Case
from dsl.rule_tests.expecting import Difference, difference
from dsl.rule_tests.happenings import Happening, happenings
from dsl.rule_tests.moments import moment_of
from dsl.rule_tests.report import Failure
from dsl.rule_tests.steps import Open, PlaceOrder, Step
from dsl.rule_tests.values import Condition, values
from dsl.rule_tests.world import GoesInCircles, World
from engine.units import Instant

REFUSED = Happening("refused")


def run_case(rule: str, case: Case, compiled: Compile, condition: Condition | None = None) -> Failure | None:
    """Return what is wrong with a case, None if all went as written."""
    world = World(compiled(None), case.start.at)
    run = _Run(rule, case, world, compiled, condition)
    for step in case.steps:
        failure = run.step(step)
        if failure is not None:
            return failure
    return None


class _Run:
    def __init__(
        self, rule: str, case: Case, world: World, compiled: Compile, condition: Condition | None
    ) -> None:
        self.rule = rule
        self.case = case
        self.world = world
        self.compiled = compiled
        self.condition = condition

    def step(self, step: Step) -> Failure | None:
        zone = self.case.start.zone
        at = moment_of(step.when, self.world.now, zone)
        if at is None:
            return self._failure(
                step, "times never go back; a later day is written with its weekday, such as `MON 09:00`"
            )
        try:
            early = self._pass_time(at)
            if early is not None:
                return self._failure(step, early)
            happened = self._do(step)
        except (CannotHappen, GoesInCircles) as failure:
            return self._failure(step, str(failure))
        found = difference(step.expects, happened, at, zone)
        return None if found is None else self._failure(step, _said(found))

    def _pass_time(self, until: Instant) -> str | None:
        """Stop at each deadline on the way; return what happened there, which no step announced."""
        world = self.world
        while (deadline := world.next_deadline(until)) is not None:
            world.wait_until(deadline)
            found = difference((), self._happened(), deadline, self.case.start.zone)
            if found is not None:
                when = world.rules.settings.calendar.say(deadline, deadline)
                return f"{found.happened} at {when}, before this step; nothing announced it"
        world.wait_until(until)
        return None

    def _do(self, step: Step) -> list[Happening]:
        if step.event is None:
            return self._happened()
        before = _Order(self.world, step)
        act(self.world, step.event, self.case.start.zone, self.compiled)
        happened = self._happened()
        return [*happened, REFUSED] if before.was_undone() and not _is_breach(happened) else happened

    def _happened(self) -> list[Happening]:
        return happenings(self.world.take(), self.world.state.root)

    def _failure(self, step: Step, found: str) -> Failure:
        seen = values(self.world, getattr(step.event, "symbol", None), self.condition)
        return Failure(self.rule, self.case.name, step.span, found, seen)


class _Order:
    """What an order was to bring about, so that one can see whether the guard undid it."""

    def __init__(self, world: World, step: Step) -> None:
        self.world = world
        self.event = step.event if isinstance(step.event, Open | PlaceOrder) else None
        if self.event is not None:
            self.contract = world.venue.contract(self.event.symbol).contract
            self.size = world.venue.size(self.contract)
            self.orders = set(world.venue.orders)

    def was_undone(self) -> bool:
        """Say whether the order does not rest, or the size it brought is gone again."""
        if self.event is None:
            return False
        if isinstance(self.event, PlaceOrder) and self.event.price is not None:
            return not set(self.world.venue.orders) - self.orders
        wanted = self.size + self.event.side.sign * self.event.size
        return abs(wanted) > abs(self.size) and abs(self.world.venue.size(self.contract)) < abs(wanted)


def _is_breach(happened: list[Happening]) -> bool:
    return any(one.words.split()[0] in BREACHES for one in happened)


BREACHES = frozenset({"flatten", "close", "reduce", "cancel", "lock", "cooldown"})
"""What undoes an order by itself: it was not refused, it broke the rule."""


def _said(found: Difference) -> str:
    expected = f"expected {found.expected}" if found.expected else "expected nothing"
    return f"{expected}; {found.happened or 'nothing'} happened"
