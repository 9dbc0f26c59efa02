"""Whether one tier asks for all that another asks for, whenever the other does."""

from dataclasses import dataclass

from dsl.checked_rule import CheckedTier
from dsl.compile_topics import streams_of
from dsl.ratchet.asks import WIDTH, asks_as_much
from dsl.ratchet.order import Order

LOCKING = frozenset({"lock", "cooldown"})


@dataclass(frozen=True, slots=True)
class Pairing:
    """Compares tiers of two rules of one scope.

    `same_reset`: both rules start afresh at the same moments. `refuses`: with unknown facts the old rule refuses
    entries in its scope.
    """

    order: Order
    scope: str
    same_reset: bool
    refuses: bool

    def covers(self, new: CheckedTier, old: CheckedTier) -> bool:
        """Say whether the new tier asks for all that the old one asks for. In doubt: no."""
        locks, locked = (any(action.name in LOCKING for action in tier.actions) for tier in (new, old))
        if locks and not locked:
            return False  # it would act through its lock, and no longer once that has ended
        if locks and streams_of(new.when) != streams_of(old.when):
            return False  # what sets the lock again is an item of a stream, or the mere condition
        if not self.order.implies(old.when, new.when) or not self._refuses_as_much(new, old):
            return False
        if new.hold is not None and (old.hold is None or not self.order.at_most(new.hold, old.hold)):
            return False
        return all(
            any(asks_as_much(action, each, self.order, same_reset=self.same_reset) for action in new.actions)
            for each in old.actions
        )

    def _refuses_as_much(self, new: CheckedTier, old: CheckedTier) -> bool:
        """Say whether entries are refused where they were for unknown facts, which may now be enough for a yes."""
        return not self.refuses or self.order.is_unknown_with(new.when, old.when) or self._locks_at_once(new)

    def _locks_at_once(self, tier: CheckedTier) -> bool:
        """Say whether a tier refuses entries in all of the rule's scope from the moment its condition holds."""
        wide = WIDTH.get(self.scope, WIDTH["account"])
        return tier.hold is None and any(
            action.name in LOCKING
            and "side" not in action.words
            and WIDTH[action.words.get("place", action.words.get("on", "account"))] >= wide
            and (action.until is None or self.order.excludes(tier.when, action.until))
            for action in tier.actions
        )
