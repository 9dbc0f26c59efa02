"""A set of rules begins to decide."""

from dataclasses import replace

from engine.events import RulesArmed
from engine.held import Latch, Phase
from engine.rule import Rule, Topic
from engine.work import Work


def rules_armed(work: Work, event: RulesArmed) -> None:
    """Take up a new set. What is known of rules whose text is the same stays; locks always stay.

    A rule of which only other things than its conditions changed keeps its running timers. One that is breached stays
    so, whatever changed, until its new condition is known not to hold; where it holds, the rule acts anew, as its text
    now says. So a reload in a moment of blindness releases nothing.
    """
    state = work.state
    new = {rule.name: rule for rule in work.rules.rules}
    kept = {name for name, rule in new.items() if state.rule_digests.get(name) == rule.digest}
    timed = kept | {
        name
        for name, rule in new.items()
        if rule.conditions and state.condition_digests.get(name) == rule.conditions
    }
    work.set(
        digest=event.digest,
        rule_digests={name: rule.digest for name, rule in new.items()},
        condition_digests={name: rule.conditions for name, rule in new.items() if rule.conditions},
        windows={
            key: held for key, held in state.windows.items() if _rule(key) in timed or _goes_on(key, new)
        },
        latches={
            key: fresh
            for key, latch in state.latches.items()
            if (fresh := latch if _rule(key) in kept else _taken_over(key, latch, new, timed)) is not None
        },
        parts={key: parts for key, parts in state.parts.items() if _rule(key) in timed},
        resets={name: at for name, at in state.resets.items() if name in timed},
        wakes={},
    )
    work.changed.update(Topic)


def _goes_on(key: str, rules: dict[str, Rule]) -> bool:
    """Say whether a window means the same under the new text: its key names its words and what they stand for.

    A peak of the equity cannot be rebuilt, and forgetting it would lower a floor that follows it.
    """
    rule = rules.get(_rule(key))
    window = rule.windows.get(key.partition("/")[2].rpartition("/")[0]) if rule is not None else None
    return window is not None and window.stream is None


def _taken_over(key: str, latch: Latch, rules: dict[str, Rule], timed: set[str]) -> Latch | None:
    """Return a tier's latch as the new text of its rule takes it over, None if nothing of it stays."""
    name, tier, scope, _ = key.split("/", 3)
    rule = rules.get(name)
    if rule is None or scope != rule.scope or all(each.name != tier for each in rule.tiers):
        return None
    match latch.phase:
        case Phase.BREACHED:
            return replace(latch, renew=True)
        case Phase.PENDING if name in timed:
            return latch
        case _ if latch.unknown_since is not None:  # it lifts what was refused meanwhile
            return Latch(Phase.ARMED, latch.since, unknown_since=latch.unknown_since)
        case _:
            return None


def _rule(key: str) -> str:
    return key.partition("/")[0]
