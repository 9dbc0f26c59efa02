"""The ratchet of the running guard: takes changed files over as far as they are stricter, and the rest when it is due."""

import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial

from dsl.problems import Problem
from engine.units import Instant
from service import rules_source
from service import waiting as store_of
from service.alarms import Alarms
from service.clock import TrustedClock
from service.guarded import Guarded
from service.home import Home
from service.loop import Loop
from service.ratchet import telling
from service.ratchet.home_ratchet import HomeRatchet
from service.ratchet.household import Household
from service.ratchet.next_open import next_open
from service.ratchet.proposal import Asked, CannotApply, Proposal, propose
from service.ratchet.takeover import arm, holding
from service.ratchet.telling import Said, silent
from service.rules_source import Armed
from service.settings import AccountSettings
from service.settings_read import read_home
from service.store.kept_rules import KeptRules
from service.store.store import Store, StoreFailed
from service.waiting import Step, Waiting

LOG = logging.getLogger("risk.ratchet")


class Ratchet:
    """`read` may be called from any thread; what changes something belongs to the engine thread."""

    def __init__(
        self,
        home: Home,
        accounts: Mapping[int, Guarded],
        armed: dict[int, Armed],
        store: Store,
        clock: TrustedClock,
        alarms: Alarms,
        household: Household,
        said: Said = silent,
    ) -> None:
        """`armed` are the rules in force by account, kept up to date here; `household` is in force for the home.

        `said` takes what people are to know of.
        """
        self._home = home
        self._accounts = accounts
        self._armed = armed
        self._store = store
        self._clock = clock
        self._alarms = alarms
        self._said = said
        self._later: dict[str, Armed] = {}
        self.home = HomeRatchet(store, household)
        self._reading = threading.Lock()

    def begin(self) -> None:
        """Find what was waiting when the guard stopped, and compile it. Before the engine thread runs."""
        for account in self._accounts.values():
            found = store_of.read(self._store.recall(store_of.key_of(account.id)))
            for step in found.steps if found is not None else ():
                kept = rules_source.kept_armed(self._store, step.digest)
                if kept is None:
                    LOG.error(
                        "%s: rules %s cannot be compiled any more and are not taken over",
                        account.name,
                        step.digest,
                    )
                    found = None
                    break
                self._later[step.digest] = kept
            account.waiting = found

    def known(self, account: Guarded) -> tuple[KeptRules, ...]:
        """Return the rules in force and those that wait. May be called from any thread."""
        waiting = account.waiting
        later = [self._later.get(step.digest) for step in waiting.steps] if waiting is not None else []
        return (self._armed[account.id].kept, *(armed.kept for armed in later if armed is not None))

    def read(self) -> Asked:
        """Return what the files ask for now, compiled and judged. Raises CannotApply."""
        with self._reading:  # two admins at once would only take the processor from the guard
            found = read_home(self._home)
            if found.settings is None:
                raise CannotApply(list(found.problems))
            proposals, problems = list[Proposal](), list[Problem]()
            added = list[tuple[AccountSettings, Armed]]()
            for settings in found.settings.accounts:
                account = self._accounts.get(settings.id)
                if account is None:
                    armed, wrong = rules_source.load(self._home, settings)
                    added += [] if armed is None else [(settings, armed)]
                    problems += wrong if armed is None else []
                    continue
                roots = frozenset(one.root for one in account.state.instruments.values())
                try:
                    proposals.append(propose(self._home, settings, self._armed[settings.id], roots or None))
                except CannotApply as error:
                    problems += error.problems
            if problems:
                raise CannotApply(problems)
            known = {settings.id for settings in found.settings.accounts}
            left_out = tuple(one.name for one in self._accounts.values() if one.id not in known)
            return Asked(found.settings, tuple(proposals), tuple(added), left_out)

    def due(self, now: Instant) -> Instant:
        """Return when something looser that is asked for now takes effect."""
        return next_open(now, self.home.delay)

    def take(self, proposal: Proposal, loop: Loop, by: str) -> Waiting | None:
        """Take over what holds at once and note the rest; return what waits. On the engine thread."""
        account = self._accounts[proposal.settings.id]
        now, held, before = self._clock.now(), self._armed[account.id], account.waiting
        steps = (
            []
            if proposal.now.kept.digest == held.kept.digest
            else [Step(proposal.now.kept.digest, now, False)]
        )
        if proposal.waits:
            known = account.waiting
            is_known = known is not None and known.digest == proposal.wanted.kept.digest and not steps
            due = known.due if is_known and known is not None else self.due(now)
            steps.append(Step(proposal.wanted.kept.digest, due, True))
        for armed in (proposal.now, proposal.wanted):
            self._later[armed.kept.digest] = armed
            self._kept(partial(self._store.keep_rules, armed.kept, now))
        account.waiting = Waiting(now, tuple(steps), proposal.changes) if steps else None
        self._remember(account)
        text = (
            "; ".join(f"{change.verdict.value}: {change.text}" for change in proposal.changes)
            or "nothing changed"
        )
        self._kept(lambda: self._store.note(now, "apply", f"{by}: {text}", account.id))
        self._go_on(account, loop)
        for said in telling.of_asked(account, proposal, before, by, now):
            self._said(account.name, now, said, telling.KIND)
        return account.waiting

    def call_off(self, account: Guarded, by: str) -> Waiting | None:
        """Forget what waits, if anything does, and return it. On the engine thread."""
        gone, account.waiting = account.waiting, None
        if gone is not None:
            self._remember(account)
            now = self._clock.now()
            self._kept(lambda: self._store.note(now, "called_off", by, account.id))
            self._said(account.name, now, telling.of_called_off(by, gone.changes), telling.KIND)
        return gone

    def look(self, loop: Loop) -> None:
        """Take over what has fallen due. On the engine thread, at each heartbeat."""
        for account in self._accounts.values():
            for text in self._go_on(account, loop):
                self._said(account.name, self._clock.now(), text, telling.KIND)
        self.home.look(self._clock.now())

    def _go_on(self, account: Guarded, loop: Loop) -> list[str]:
        """Take the steps that are due, one after the other, as long as no running lock would end sooner for it.

        Return what is to be said of each that had waited.
        """
        said: list[str] = []
        while (waiting := account.waiting) is not None:
            step = waiting.steps[0]
            armed = self._later.get(step.digest)
            if armed is None or step.due > self._clock.now() or account.halted:
                break
            if holding(account, armed.rules, is_looser=step.is_looser) is not None:
                break
            self._armed[account.id] = armed
            account.waiting = waiting.after_first()
            self._remember(account)
            arm(account, armed, loop, self._store)
            LOG.warning("%s: the rules %s are in force", account.name, armed.kept.digest)
            self._kept(partial(self._store.note, self._clock.now(), "in_force", step.digest, account.id))
            said.append(telling.of_due(waiting))
        return said

    def _remember(self, account: Guarded) -> None:
        self._store.remember(store_of.key_of(account.id), store_of.written(account.waiting))

    def _kept(self, act: Callable[[], None]) -> None:
        """Do something with the store. A disk that fails must not keep stricter rules from holding."""
        try:
            act()
        except StoreFailed as error:
            LOG.error("%s", error)
            self._alarms.raise_("store_failed", f"{error}. The guard goes on from memory and tries again")
