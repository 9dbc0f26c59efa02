"""lock: refuse entries in a scope until something ends it. Exits are always allowed."""

from dataclasses import dataclass

from engine.demand import Demand, LockWanted
from engine.facts import Facts
from engine.locks import EndKind, LockEnd, LockKind
from engine.units import Duration, Instant
from engine.venue import Side


@dataclass(frozen=True, slots=True)
class LockEntries:
    """Entries in `on` (account, symbol, position) are undone as long as the lock lives.

    `until` is `reset`, `manual`, `for` (then `length` counts) or `condition` (then `condition` is a key of
    `Rule.untils` and `text` its words). Raises ValueError for `reset` in a rule that has none.
    """

    on: str
    until: str
    length: Duration | None = None
    condition: str = ""
    text: str = ""
    side: Side | None = None

    def demand(self, facts: Facts) -> Demand:
        scope = facts.scope(self.on)
        kind = LockKind.LOCKOUT if self.on == "account" else LockKind.BLOCK
        wanted = LockWanted(scope, kind, self._end(facts), self.side, self.condition)
        return Demand(locks=frozenset({wanted}))

    def words(self, facts: Facts) -> str:
        side = f" {self.side.value}" if self.side else ""
        return f"lock {facts.scope_words(self.on)}{side}"

    def _end(self, facts: Facts) -> LockEnd:
        match self.until:
            case "reset":
                if facts.view.next_reset is None:
                    raise ValueError("until: reset needs a rule with a reset")
                return LockEnd(EndKind.INSTANT, facts.view.next_reset)
            case "for":
                assert self.length is not None, "the language checks that `for:` has a length"
                return LockEnd(EndKind.INSTANT, Instant(facts.now + self.length))
            case "condition":
                return LockEnd(EndKind.CONDITION, None, self.text)
            case _:
                return LockEnd(EndKind.MANUAL)
