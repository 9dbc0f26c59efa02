"""Who wants something now: the demands of the rules in force, each with the rule that has it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from engine.demand import Demand
from engine.evaluation import facts_for, latch_key, subjects
from engine.fire import demand_of, due_facts, locks_of, say
from engine.held import Phase
from engine.rule import Mode
from engine.settings import Settings
from engine.work import Work


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants something: a rule's tier, or a lock. What it says for people is only put together when recorded.

    `settings`: by which the rule judges; None for a lock.
    """

    rule: str
    tier: str
    say: Callable[[], str]
    lock: str = ""
    settings: Settings | None = None

    @property
    def text(self) -> str:
        return self.say()

    @property
    def key(self) -> str:
        return self.lock or f"{self.rule}/{self.tier}"


def demands_in_force(work: Work) -> list[tuple[Demand, Wish]]:
    """Return the demands of breached rules that may enforce, computed anew.

    A tier that locks acts through its locks: when an admin lifted them, its old breach wants nothing any more.
    """
    breached = {key for key, latch in work.state.latches.items() if latch.phase is Phase.BREACHED}
    names = {key.partition("/")[0] for key in breached}
    found = []
    for rule in work.rules.rules:
        if rule.name not in names or work.mode(rule) is not Mode.ENFORCE:
            continue
        for subject in subjects(work.state, rule):
            for tier in rule.tiers:
                if latch_key(rule, tier.name, subject) not in breached:
                    continue
                facts = due_facts(work.state, rule, tier, facts_for(work.state, work.rules, rule, subject))
                demand = demand_of(tier, facts)
                if demand.locks and not locks_of(work, rule, tier, facts):
                    continue
                words = partial(say, rule, tier, facts, demand)
                found.append((demand, Wish(rule.name, tier.name, words, settings=facts.view.settings)))
    return found
