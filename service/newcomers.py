"""Taking an account under guard while the guard runs: its rules, its memory, its way to the venue, in this order."""

import logging
from collections.abc import Callable, Mapping

from engine.events import GuardStarted, InstrumentsSeen, LinkSeen, RulesArmed
from service.accounts import Accounts
from service.alarms import Alarms
from service.clock import TrustedClock
from service.connecting import Connection
from service.enforcer import Enforcer
from service.guarded import Guarded
from service.inbox import Inbox, Letter
from service.loop import Loop
from service.rules_source import Armed
from service.settings import AccountSettings
from service.start import Assembly
from service.store.store import Store, StoreFailed
from service.trade_clock.clock import TradeClock
from service.ways import enforcer_for

LOG = logging.getLogger("risk.newcomers")


class Newcomers:
    """Accounts of logins that are in use can be taken at once; another login needs a start of the guard."""

    def __init__(
        self,
        accounts: Accounts,
        assembly: Assembly,
        connections: Mapping[str, Connection],
        enforcers: dict[int, Enforcer],
        symbols: dict[int, tuple[str, ...]],
        inbox: Inbox,
        clock: TrustedClock,
        store: Store,
        alarms: Alarms,
        trade_clock: TradeClock,
    ) -> None:
        """`symbols` are those whose quotes each account's file asks for; it is kept up to date here."""
        self._accounts = accounts
        self._assembly = assembly
        self._connections = connections
        self._enforcers = enforcers
        self._symbols = symbols
        self._inbox = inbox
        self._clock = clock
        self._store = store
        self._alarms = alarms
        self._trade_clock = trade_clock

    def can_take(self, settings: AccountSettings) -> bool:
        """Say whether an account's login is in use. From any thread."""
        return settings.login in self._connections

    def take(self, settings: AccountSettings, armed: Armed, loop: Loop) -> Guarded:
        """Guard the account from now on. On the engine thread. A disk that fails does not keep it from being guarded."""
        now, connection = self._clock.now(), self._connections[settings.login]
        self._store.remember(f"rules:{settings.id}", armed.kept.digest)
        self._kept(lambda: self._store.keep_rules(armed.kept, now))
        text = f"the admin: account {settings.name} is guarded"
        self._kept(lambda: self._store.note(now, "apply", text, settings.id))
        account = self._assembly.made(settings, armed)
        self._symbols[account.id] = settings.watch
        enforcer = enforcer_for(account, connection, self._inbox, self._clock)
        self._enforcers[account.id] = enforcer
        enforcer.start()
        self._trade_clock.know(account.id)
        self._accounts.add(account)
        loop.handle(Letter("", GuardStarted(now, account.id, account.state.now or None)))
        loop.handle(Letter("", RulesArmed(now, account.id, armed.kept.digest)))
        self._tell_what_its_login_knows(account, loop)
        connection.guard_too(account)
        LOG.warning("%s: guarded from now on, rules %s", account.name, armed.kept.digest)
        return account

    def _kept(self, act: Callable[[], None]) -> None:
        try:
            act()
        except StoreFailed as error:
            self._alarms.store_failed(error)

    def _tell_what_its_login_knows(self, account: Guarded, loop: Loop) -> None:
        """Tell contracts and links once more: they are the login's, and were told before this account was there."""
        now = self._clock.now()
        known = next(
            (
                one.state
                for one in self._accounts.values()
                if one.origin == account.origin and one is not account
            ),
            None,
        )
        if known is None:
            return
        loop.handle(Letter(account.origin, InstrumentsSeen(now, tuple(known.instruments.values()))))
        for link, seen in known.links.items():
            loop.handle(Letter(account.origin, LinkSeen(now, link, seen.is_live, seen.reason)))
