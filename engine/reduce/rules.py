"""A set of rules begins to decide."""

from engine.events import RulesArmed
from engine.rule import Topic
from engine.work import Work


def rules_armed(work: Work, event: RulesArmed) -> None:
    """Take up a new set. Rules whose text is the same keep their timers and windows; locks always stay."""
    digests = {rule.name: rule.digest for rule in work.rules.rules}
    kept = {name for name, digest in digests.items() if work.state.rule_digests.get(name) == digest}
    state = work.state
    work.set(
        digest=event.digest,
        rule_digests=digests,
        windows={key: held for key, held in state.windows.items() if key.split("/")[0] in kept},
        latches={key: latch for key, latch in state.latches.items() if key.split("/")[0] in kept},
        resets={name: at for name, at in state.resets.items() if name in kept},
        wakes={},
    )
    work.changed.update(Topic)
