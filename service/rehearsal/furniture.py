"""What stands in a rehearsal's house: the parts of the service that run on the engine thread, put together."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from dsl.problems import Source, Span
from engine.events import Event
from engine.outcome import Outcome
from engine.rule import Mode
from engine.units import DAY, Instant
from service.acts import Acts
from service.alarms import Alarms
from service.beginning import Beginning
from service.clock import TrustedClock
from service.clock_watch import ClockWatch, GapWatch, SleepWatch
from service.guarded import Guarded
from service.home import Home
from service.inbox import Inbox
from service.iso import iso
from service.loop import Hand, Loop
from service.publish import Publisher
from service.rules_source import Armed
from service.senses import Senses
from service.settings import AccountSettings, HomeSettings
from service.start import Assembly
from service.store.backup import backup_of
from service.store.found import Opened
from service.store.kept_rules import KeptRules
from service.store.store import Store, StoreFailed
from service.upkeep import Upkeep

NAME, ORIGIN = "rehearsal", "login"
NOWHERE = Span(Source("rehearsal", ""), 0, 0)


class Sources(Protocol):
    """The clocks of a machine, and what the venue says."""

    def venue(self) -> Instant: ...

    def boot(self) -> int: ...

    def host(self) -> int: ...


Told = Callable[[Guarded, Event, Outcome], None]


@dataclass(slots=True)
class Furniture:
    """One life's parts."""

    store: Store
    clock: TrustedClock
    alarms: Alarms
    accounts: dict[int, Guarded]
    loop: Loop
    upkeep: Upkeep
    beginning: Beginning
    publisher: Publisher
    acts: Acts = field(repr=False)

    def snapshot(self) -> None:
        """Store the whole state, if the disk takes it."""
        with suppress(StoreFailed):
            self.upkeep.snapshot(self.clock.now())

    def finish(self) -> None:
        """Leave a snapshot and a mark that the stop was wanted, as the daemon does."""
        now = self.clock.now()
        with suppress(StoreFailed):
            self.upkeep.snapshot(now)
            self.store.remember("last_seen", str(now))
            self.store.note(now, "stop", "")


def furnish(
    folder: Path,
    opened: Opened,
    clocks: Sources,
    guarded: tuple[Guarded, ...],
    told: Told,
    read_anew: Callable[[], None] | None,
    hand: Hand = lambda account, commands: None,
) -> Furniture:
    """Put one life's parts together. `told` hears of every step once it is stored.

    Without `read_anew` nobody looks for standstills: where time passes in strides everything would be one.
    """
    store = opened.store
    clock = TrustedClock(opened.last_seen, clocks.boot, clocks.host)
    alarms = Alarms(clock.now)
    acts = Acts(folder / "enforcement.log", 10_000_000, 1)
    publisher = Publisher(folder / "status.json", guarded, clock, alarms, lambda: store.ends)
    accounts = {account.id: account for account in guarded}
    gap = GapWatch(clock, store, opened.last_seen, partial(_tell_gap, acts), was_stopped=opened.was_stopped)
    still = () if read_anew is None else (SleepWatch(clock, store, read_anew).look,)
    upkeep = Upkeep(
        accounts,
        store,
        alarms,
        backups=_backed_up(folder, clocks),
        keep_backups=9,
        keep_journal=DAY,
        looks=(ClockWatch(clock, store).look, gap.look, *still),
        senses=Senses(guarded, alarms),
    )

    def hear(who: Guarded, event: Event, outcome: Outcome) -> None:
        if outcome.decisions or outcome.enforcements:
            acts.told(who, outcome)
        told(who, event, outcome)

    loop = Loop(accounts, Inbox(), store, clock, alarms, hand=hand, told=hear, upkeep=upkeep)
    assembly = _assembly(folder, opened, clock, alarms, guarded)
    beginning = Beginning(loop, opened, assembly, alarms)
    return Furniture(store, clock, alarms, accounts, loop, upkeep, beginning, publisher, acts)


def _tell_gap(acts: Acts, until: Instant, since: Instant) -> None:
    acts.gap(NAME, until, since)


def _backed_up(folder: Path, clocks: Sources) -> Path:
    """Return a folder in which the days' backups are made already: they are a thread's work, and copies of a file."""
    backups = folder / "backups"
    backups.mkdir(exist_ok=True)
    for days in range(-1, 3):
        day = iso(Instant(clocks.venue() + days * DAY))[:10]
        backup_of(backups, day).touch()
    return backups


def _assembly(
    folder: Path, opened: Opened, clock: TrustedClock, alarms: Alarms, guarded: tuple[Guarded, ...]
) -> Assembly:
    settings = HomeSettings({}, tuple(_settings(account) for account in guarded))
    assembly = Assembly(Home(folder), settings, opened, clock, alarms, may_refuse=False)
    for account in guarded:
        rules = account.rules
        assembly.armed[account.id] = Armed(rules, KeptRules(rules.digest, rules.name, {}, {}, "enforce"))
    return assembly


def _settings(account: Guarded) -> AccountSettings:
    name = account.rules.name
    return AccountSettings(account.name, account.id, ORIGIN, Mode.ENFORCE, name, NOWHERE, {}, {}, ())
