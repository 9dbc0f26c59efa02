"""From a home on disk to accounts under guard: settings, store, rules, recovery. Nothing is connected here."""

import logging
from dataclasses import dataclass, field
from functools import partial

from dsl.problems import Problem
from dsl.render import render_text
from engine.enforcement import Enforcement
from engine.rule import RuleSet
from engine.state import State
from service import rules_source
from service.alarms import Alarms
from service.clock import TrustedClock
from service.exits import CannotStart, Exit
from service.guarded import RECENT, Guarded
from service.home import Home
from service.permissions import open_to_all
from service.ratchet import household
from service.ratchet.household import Household
from service.ratchet.starting import at_start
from service.rules_source import Armed
from service.settings import AccountSettings, HomeSettings, Read
from service.settings_read import read_home
from service.store import reading
from service.store.encode import NotStorable
from service.store.found import Opened
from service.store.kept_rules import digests_of
from service.store.recovery import recover

LOG = logging.getLogger("risk.start")


def read_settings(home: Home) -> HomeSettings:
    """Return the settings of a home. Raises CannotStart with all problems of all files, and where nobody is guarded."""
    return require_accounts(home, read_files(home))


def read_files(home: Home) -> HomeSettings:
    """Return the settings of a home as its files say. Raises CannotStart with all problems of all files."""
    read = read_home(home)
    return read.settings or settings_in_force(read, None, may_refuse=True)


def settings_in_force(read: Read, opened: Opened | None, *, may_refuse: bool) -> HomeSettings:
    """Return the settings that were in force last, in place of files that cannot be used. Raises CannotStart.

    A guard that refuses to start is a bypass: with a lock to hold, or as a service, a half-written file ends no start.
    """
    kept = household.settings_kept(opened.store) if opened is not None and not may_refuse else None
    if kept is None:
        raise CannotStart(Exit.UNUSABLE, render_text(read.problems))
    LOG.error("the last good settings are in force: %s", render_text(read.problems))
    return kept


def require_accounts(home: Home, settings: HomeSettings) -> HomeSettings:
    """Return the settings if they guard anybody. Raises CannotStart."""
    if not settings.accounts:
        raise CannotStart(
            Exit.UNUSABLE,
            f"no account is guarded: there is no file in {home.accounts}. "
            "Copy one from the commented example that `risk admin init` writes",
        )
    return settings


def settings_at_start(home: Home, files: HomeSettings, opened: Opened) -> tuple[HomeSettings, Household]:
    """Return the settings to begin with, and what the ratchet keeps of the home. Raises CannotStart."""
    is_ruled = home.password.exists() or any(open_to_all(home))
    settings, kept = household.at_start(files, opened.store, opened.last_seen, is_ruled=is_ruled)
    return require_accounts(home, settings), kept


@dataclass(slots=True)
class Assembly:
    """Makes the accounts. `may_refuse`: in a terminal, with nothing locked, wrong rules end the start."""

    home: Home
    settings: HomeSettings
    opened: Opened
    clock: TrustedClock
    alarms: Alarms
    may_refuse: bool
    armed: dict[int, Armed] = field(default_factory=dict)
    lost: dict[int, str] = field(default_factory=dict)

    def accounts(self) -> dict[int, Guarded]:
        """Return every account with its rules and its state as it was. Raises CannotStart."""
        problems: list[Problem] = []
        found = {account.id: self._account(account, problems) for account in self.settings.accounts}
        if problems and self.may_refuse:
            raise CannotStart(Exit.UNUSABLE, render_text(problems))
        return found

    def unknown_symbols(self, account: AccountSettings, roots: frozenset[str]) -> list[Problem]:
        """Return what is wrong with an account's rules now that the venue's symbols are known, and was not before."""
        armed, problems = rules_source.load(self.home, account, roots)
        if armed is not None or rules_source.load(self.home, account)[0] is None:
            return []
        return problems

    def _account(self, settings: AccountSettings, problems: list[Problem]) -> Guarded:
        return self.made(settings, self._rules(settings, problems))

    def made(self, settings: AccountSettings, armed: Armed) -> Guarded:
        """Return an account with these rules and its state as it was."""
        self.armed[settings.id] = armed
        store = self.opened.store
        recovered = recover(store.connection, settings.id, settings.login, partial(self._rules_of, armed))
        for note in recovered.notes:
            LOG.error("%s: %s", settings.name, note)
            self.alarms.raise_(f"recovery:{settings.name}", f"account {settings.name}: {note}")
        state = recovered.state or State(settings.id)
        account = Guarded(
            settings.name,
            settings.id,
            settings.login,
            armed.kept.mode.lower(),
            armed.rules,
            state,
            recovered.halted,
            files=digests_of(armed.kept),
        )
        if recovered.lost:
            self.lost[settings.id] = recovered.lost
        if recovered.halted:
            self.alarms.raise_(
                f"halted:{settings.name}",
                f"account {settings.name} is halted and counts as locked: {recovered.halted}",
            )
        account.recent.extend(self._recent(settings.id))
        LOG.info("%s: %d events replayed", settings.name, recovered.replayed)
        return account

    def _rules_of(self, armed: Armed, digest: str) -> RuleSet | None:
        """Return the rules of a digest; those in force need not be compiled again."""
        return armed.rules if digest == armed.kept.digest else rules_source.kept_in(self.opened.store, digest)

    def _recent(self, account: int) -> tuple[Enforcement, ...]:
        try:
            return reading.recent_enforcements(self.opened.store.connection, account, RECENT)
        except NotStorable as error:
            LOG.error("%s", error)
            return ()

    def _rules(self, settings: AccountSettings, problems: list[Problem]) -> Armed:
        """Return the rules as written, else the last good ones, else none at all: locks are held in every case."""
        armed, found = rules_source.load(self.home, settings)
        if armed is not None:
            is_safe = not any(open_to_all(self.home))
            is_ruled = self.home.password.exists()
            return at_start(armed, self.opened.store, settings, is_ruled=is_ruled, is_safe=is_safe)
        LOG.error("%s: %s", settings.name, render_text(found))
        kept = rules_source.last_good(self.opened.store, settings.id)
        problems += found if kept is None else []  # with good ones at hand no start is refused
        what = f"the rules of account {settings.name} cannot be used ({found[0].message if found else 'no reason'})"
        more = "the last good ones are in force" if kept else "it has no rules, only its locks are held"
        self.alarms.raise_(f"rules:{settings.name}", f"{what}; {more}. Run `risk validate`")
        return kept or rules_source.empty()
