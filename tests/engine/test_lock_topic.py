"""Rules that read locks hear of one at once, wherever they stand in the set, and can never go round in circles."""

from typing import Any

from engine.actions import LockEntries, Notify
from engine.events import LockLifted, LockRequested
from engine.rule import Topic
from engine.venue import Side

READS_LOCKS = frozenset({Topic.LOCKS})


def watcher(lab: Any, then: Any) -> Any:
    return lab.rule("watcher", lambda facts: facts.account.is_locked, then, reads=READS_LOCKS)


def locker(lab: Any) -> Any:
    return lab.rule(
        "locker",
        lambda facts: len(facts.view.state.book.entries) >= 1,
        lambda facts: (LockEntries("account", "manual"),),
        reads=lab.fills,
    )


def breaches(outcome: Any) -> list[str]:
    return [decision.rule for decision in outcome.decisions if decision.kind.value == "breach"]


def told(facts: Any) -> tuple[Any, ...]:
    return (Notify(frozenset({"trader"})),)


def test_a_rule_hears_in_the_same_step_of_a_lock_that_a_later_rule_set(lab: Any) -> None:
    desk = lab.start(watcher(lab, told), locker(lab))

    assert breaches(desk.fill(lab.MNQ, Side.BUY, 1)) == ["locker", "watcher"]


def test_a_rule_hears_in_the_same_step_that_a_lock_was_lifted(lab: Any) -> None:
    desk = lab.start(watcher(lab, told), locker(lab))
    desk.fill(lab.MNQ, Side.BUY, 1)
    lock = next(iter(desk.state.locks))

    outcome = desk.hear(lambda at: LockLifted(at, desk.state.account, lock, "admin"))

    assert ("release", "watcher") in [(decision.kind.value, decision.rule) for decision in outcome.decisions]


def test_nothing_is_looked_at_again_while_the_locks_stay_as_they_are(lab: Any) -> None:
    looks: list[int] = []

    def note(facts: Any) -> bool:
        looks.append(facts.now)
        return False

    desk = lab.start(lab.rule("watcher", note, told, reads=READS_LOCKS))
    looks.clear()

    desk.quote(lab.MNQ, 20_000)
    desk.wait(60)
    assert looks == []

    desk.hear(lambda at: LockRequested(at, desk.state.account, None, None, "trader"))
    assert looks == [desk.now]


def test_rules_that_answer_each_other_end_within_the_step(lab: Any) -> None:
    looks: list[int] = []

    def free(facts: Any) -> bool:
        looks.append(facts.now)
        return not facts.account.is_locked

    contrary = lab.rule(
        "contrary",
        free,
        lambda facts: (LockEntries("account", "manual"),),
        reads=READS_LOCKS,
    )
    desk = lab.start(contrary, locker(lab), watcher(lab, lambda facts: (LockEntries("account", "manual"),)))
    looks.clear()

    desk.fill(lab.MNQ, Side.BUY, 1)

    assert 2 <= len(looks) <= 4
