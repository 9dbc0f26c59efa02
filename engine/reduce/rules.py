"""A set of rules begins to decide."""

from engine.events import RulesArmed
from engine.held import Phase
from engine.rule import Topic
from engine.work import Work


def rules_armed(work: Work, event: RulesArmed) -> None:
    """Take up a new set. What is known of rules whose text is the same stays; locks always stay.

    A rule of which only other things than its conditions changed keeps its windows and running timers. Its breach it
    does not keep: where the condition still holds it acts anew, as its text now says.
    """
    digests = {rule.name: rule.digest for rule in work.rules.rules}
    conditions = {rule.name: rule.conditions for rule in work.rules.rules if rule.conditions}
    state = work.state
    kept = {name for name, digest in digests.items() if state.rule_digests.get(name) == digest}
    timed = kept | {name for name, each in conditions.items() if state.condition_digests.get(name) == each}
    work.set(
        digest=event.digest,
        rule_digests=digests,
        condition_digests=conditions,
        windows={key: held for key, held in state.windows.items() if _rule(key) in timed},
        latches={
            key: latch
            for key, latch in state.latches.items()
            if _rule(key) in kept or (_rule(key) in timed and latch.phase is Phase.PENDING)
        },
        parts={key: parts for key, parts in state.parts.items() if _rule(key) in timed},
        resets={name: at for name, at in state.resets.items() if name in timed},
        wakes={},
    )
    work.changed.update(Topic)


def _rule(key: str) -> str:
    return key.partition("/")[0]
