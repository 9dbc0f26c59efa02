"""Taking rules over while the guard runs, on the engine thread: locks stay, and none of them ends sooner for it."""

from engine.events import RulesArmed
from engine.locks import EndKind, Lock
from engine.rule import RuleSet
from service.guarded import Guarded
from service.inbox import Letter
from service.loop import Loop
from service.rules_source import Armed
from service.store.kept_rules import digests_of
from service.store.store import Store


def arm(account: Guarded, armed: Armed, loop: Loop, store: Store) -> None:
    """Let other rules decide from now on. What the store cannot take at the moment waits in its memory."""
    store.remember(f"rules:{account.id}", armed.kept.digest)
    account.rules = armed.rules
    account.files = digests_of(armed.kept)
    account.mode = armed.kept.mode.lower()
    loop.handle(Letter("", RulesArmed(account.state.now, account.id, armed.kept.digest)))


def holding(account: Guarded, new: RuleSet, *, is_looser: bool) -> Lock | None:
    """Return a running lock that other rules would end sooner, None if there is none.

    Ends that are instants are stored, those by hand are an admin's. One that ends on a condition asks its rule, as
    the rule is written then: so its own text must stay for as long as it will come true by itself.
    """
    old_rules = {rule.name: rule for rule in account.rules.rules}
    new_rules = {rule.name: rule for rule in new.rules}
    for lock in account.state.locks.values():
        if lock.end.kind is not EndKind.CONDITION or lock.end.at is None:
            continue
        old, fresh = old_rules.get(lock.rule), new_rules.get(lock.rule)
        if old is None or (
            fresh is not None and _same_text(old.digest, fresh.digest, old.conditions, fresh.conditions)
        ):
            continue
        if is_looser or fresh is None or lock.condition not in fresh.untils:
            return lock
    return None


def _same_text(old: str, new: str, old_conditions: str, new_conditions: str) -> bool:
    return old == new and old_conditions == new_conditions
