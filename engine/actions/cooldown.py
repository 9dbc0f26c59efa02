"""cooldown: no entries for a while."""

from dataclasses import dataclass

from engine.demand import Demand, LockWanted
from engine.facts import Facts
from engine.locks import EndKind, LockEnd, LockKind
from engine.units import SECOND, Duration, Instant


@dataclass(frozen=True, slots=True)
class Cooldown:
    """No entries for `length`, counted from the venue's time of the event, so a late event gives what is left."""

    length: Duration
    on: str = "account"

    def demand(self, facts: Facts) -> Demand:
        trade = facts.view.trade
        start = trade.at if trade is not None else facts.now
        end = LockEnd(EndKind.INSTANT, Instant(start + self.length))
        return Demand(locks=frozenset({LockWanted(facts.scope(self.on), LockKind.COOLDOWN, end)}))

    def words(self, facts: Facts) -> str:
        where = "" if self.on == "account" else f" {facts.scope_words(self.on)}"
        return f"cooldown{where} {self.length // SECOND}s"
