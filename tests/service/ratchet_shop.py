"""A home with its guard on a bench and the ratchet between them: real files, real store, real engine, a clock to set."""

from dataclasses import dataclass, field
from typing import Any

from engine.events import RulesArmed
from engine.units import HOUR, Duration, Instant
from service import rules_source
from service.home import Home
from service.ratchet.household import Household
from service.ratchet.ratchet import Ratchet
from service.ratchet.telling import Said, silent
from service.settings_read import read_home
from service.waiting import Waiting

START = 1_794_927_600_000_000
"""A Tuesday, 09:00 in Chicago."""

HOURS = """\
rule: hours
title: Hours
mode: enforce
scope: symbol
params:
  open_hours: {days: [MON, TUE, WED, THU, FRI], hours: 10:00..15:00}
when: outside(open_hours)
then:
  - lock: symbol
    until: inside(open_hours)
"""

FOREVER = """\
rule: forever
title: Once is enough
mode: enforce
scope: account
when: account.gross_contracts > 0
then:
  - lock: account
    until: manual
"""


@dataclass
class Shop:
    """A home, the bench that guards its account 1 with the rules in it, and the ratchet."""

    home: Home
    bench: Any
    ratchet: Ratchet
    told: list[str] = field(default_factory=list)

    @property
    def account(self) -> Any:
        return self.bench.accounts[1]

    def write(self, name: str, old: str, new: str) -> None:
        path = self.home.rulesets / "limits" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def apply(self) -> Waiting | None:
        (proposal,) = self.ratchet.read().proposals
        return self.ratchet.take(proposal, self.bench.loop, "the admin")

    def at(self, moment: int) -> None:
        """Let trusted time go on to a moment, and the guard look after its ratchet."""
        self.bench.boot = moment - START
        self.ratchet.look(self.bench.loop)

    def audit(self) -> list[str]:
        self.bench.store.flush()
        return [row[0] for row in self.bench.store.connection.execute("SELECT kind FROM audit ORDER BY seq")]


def shop_of(home: Home, bench: Any) -> Shop:
    """Return the shop of a home whose account 1 is guarded on a bench."""
    settings = read_home(home).settings
    assert settings is not None
    armed, problems = rules_source.load(home, settings.accounts[0])
    assert armed is not None, problems
    bench.store.keep_rules(armed.kept, bench.clock.now())
    bench.store.remember("rules:1", armed.kept.digest)
    bench.accounts[1].rules = armed.rules
    bench.hear(RulesArmed(Instant(START), 1, armed.kept.digest), "")
    told: list[str] = []
    ratchet = ratchet_of(
        home, bench, {1: armed}, lambda account, at, text, kind: told.append(f"{kind}: {text}")
    )
    return Shop(home, bench, ratchet, told)


def ratchet_of(home: Home, bench: Any, armed: dict[int, Any], said: Said = silent) -> Ratchet:
    household = Household(Duration(HOUR), ())
    made = Ratchet(home, bench.accounts, armed, bench.store, bench.clock, bench.alarms, household, said)
    made.begin()
    return made
