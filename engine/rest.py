"""When enforcing is at rest: it found nothing to do, and nothing that it reads is different from then."""

from collections.abc import Iterator
from operator import attrgetter, is_

from engine.deadline import deadline
from engine.enforce import enforce
from engine.enforcement import Rest
from engine.exits import SHOWN_LATE
from engine.held import Phase
from engine.judge import NEVER
from engine.marks import goes_stale_at
from engine.rule import Rule, Topic
from engine.units import Instant
from engine.work import Work

seen = attrgetter(
    "positions",
    "orders",
    "instruments",
    "contracts",
    "locks",
    "latches",
    "parts",
    "in_flight",
    "quiet",
    "enforcements",
    "status",
    "settling_since",
    "by_fills",
    "heard",
    "synced_at",
    "book",
    "ledger",
    "is_confirmed",
)
"""What targets and requests follow from, beside the facts that demands of breached rules read."""


def enforce_unless_at_rest(work: Work) -> None:
    """Ask for what is missing, unless it is known that nothing is: most events leave everything as it was."""
    if _is_at_rest(work):
        return
    before = work.state
    wanted = enforce(work)
    # Stops follow the market: where a rule wants them somewhere there is no rest.
    if wanted and work.state is before and all(target.stop_reason is None for target in wanted.values()):
        rules = _breached(work)
        if not rules or Topic.QUOTES not in work.news:  # else the next quote would end it
            moments = (moment for moment in _moments(work, rules) if moment > work.state.now)
            names = frozenset(rule.name for rule in rules)
            work.set(rest=Rest(min(moments, default=NEVER), seen(work.state), names))


def _is_at_rest(work: Work) -> bool:
    state, rest = work.state, work.state.rest
    if rest is None or state.now >= rest.until or not all(map(is_, rest.seen, seen(state))):
        return False
    if rest.rules and Topic.QUOTES in work.news:
        return False  # what a rule wants can follow the market, whatever it reads: which position goes first
    rules = [work.rule(name) for name in rest.rules]
    return all(rule is not None and rule.reads.isdisjoint(work.news) for rule in rules)


def _breached(work: Work) -> list[Rule]:
    """Return the rules whose demands may be in force: those with a breached tier."""
    latches = work.state.latches.items()
    names = {key.partition("/")[0] for key, latch in latches if latch.phase is Phase.BREACHED}
    return [rule for rule in work.rules.rules if rule.name in names]


def _moments(work: Work, rules: list[Rule]) -> Iterator[Instant]:
    """Yield when time alone could give enforcing something to do: the engine's own deadline, and what it leaves out."""
    state = work.state
    if (due := deadline(work)) is not None:
        yield due
    for rule in rules:
        stale = (goes_stale_at(state, rule.settings or work.rules.settings, name) for name in state.positions)
        yield from (at for at in stale if at is not None)
    for record in state.enforcements.values():
        if record.proven_at is not None:
            yield Instant(record.proven_at + SHOWN_LATE + 1)
