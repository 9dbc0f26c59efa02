"""The parts of the daemon, put together but not running yet."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from connectors.topstepx.settings import Timings
from service.accounts import Accounts
from service.acts import Acts
from service.alarms import Alarms
from service.anchors import Anchors, last_anchor
from service.beginning import Beginning
from service.clock import TrustedClock
from service.connecting import Connection, Fatal, Listed
from service.daybook.book import DayBook
from service.doors.house import House
from service.doors.opening import Doors
from service.enforcer import Enforcer
from service.exits import CannotStart, Exit
from service.grants.desk import GrantDesk
from service.ground import Ground
from service.home import Home
from service.inbox import Inbox
from service.key_ring import keys_of
from service.logs import Logs
from service.looks import looks_of
from service.loop import Loop
from service.newcomers import Newcomers
from service.notify.notifier import Notifier, people_to_tell
from service.password import AdminPassword
from service.password_reset import PasswordReset, RecoveryCode
from service.publish import Publisher
from service.ratchet.ratchet import Ratchet
from service.ratchet.watch import Watch, note_files
from service.senses import Senses
from service.service_watch import ServiceWatch
from service.settings_read import read_home
from service.start import Assembly, settings_at_start, settings_in_force
from service.store.found import open_or_replace
from service.store.opening import StoreTooNew, StoreUnusable
from service.supervise.heart import Heart
from service.telling import Telling
from service.trade_clock.clock import TradeClock
from service.upkeep import Upkeep
from service.ways import enforcer_for, read_all_anew, watch_with


@dataclass(slots=True)
class Parts:
    """Everything that runs, and the accounts it runs for."""

    accounts: Accounts
    assembly: Assembly
    inbox: Inbox
    loop: Loop
    beginning: Beginning
    publisher: Publisher
    upkeep: Upkeep
    connections: dict[str, Connection]
    enforcers: dict[int, Enforcer]
    doors: Doors
    notifier: Notifier
    watch: Watch
    service_watch: ServiceWatch


def lay_ground(home: Home, stack: ExitStack, *, as_service: bool, unusable: str = "") -> Ground:
    """Read settings and open the store, unless that is `unusable`; `stack` closes what was opened. Raises CannotStart."""
    read = read_home(home)
    if read.settings is None and not home.store.exists():
        settings_in_force(read, None, may_refuse=True)
    try:
        opened = open_or_replace(home.store, last_anchor(home.anchors), unusable=unusable)
    except (StoreTooNew, StoreUnusable) as error:
        raise CannotStart(Exit.UNUSABLE, str(error)) from error
    stack.callback(opened.store.connection.close)
    may_refuse = not as_service and not opened.is_locked
    files = read.settings or settings_in_force(read, opened, may_refuse=may_refuse)
    settings, household = settings_at_start(home, files, opened)
    clock = TrustedClock(opened.last_seen)
    alarms = Alarms(clock.now)
    keys = keys_of(home, settings, alarms, may_refuse=may_refuse)
    stack.enter_context(Logs(home.logs, settings.logs, clock, tuple(keys.values())))
    return Ground(home, settings, opened, clock, alarms, keys, may_refuse, household)


def put_together(
    ground: Ground, stack: ExitStack, timings: Timings, fatal: Fatal, listed: Listed, heart: Heart | None
) -> Parts:
    """Recover the accounts and build what runs. Raises CannotStart."""
    home, settings, clock, alarms = ground.home, ground.settings, ground.clock, ground.alarms
    assembly = Assembly(home, settings, ground.opened, clock, alarms, ground.may_refuse)
    accounts = Accounts(assembly.accounts())
    inbox = Inbox()
    acts = Acts(home.acts, settings.logs.max_bytes, settings.logs.keep)
    stack.callback(acts.close)
    store = ground.opened.store
    anchors = Anchors(home.anchors, store, settings.logs.max_bytes, settings.logs.keep)
    stack.callback(anchors.close)
    trade_clock = TradeClock(store, accounts)
    grants = GrantDesk(store, home.grant_secret, accounts)
    ratchet = Ratchet(home, accounts, assembly.armed, store, clock, alarms, ground.household, acts.said)
    ratchet.begin()
    shown = (trade_clock.shown, grants.shown, ratchet.home.shown)
    publisher = Publisher(
        home.status, accounts.values(), clock, alarms, lambda: store.synced, DayBook(home.days), shown
    )
    connections = {
        name: Connection(
            settings.logins[name],
            key,
            [account for account in accounts.values() if account.origin == name],
            inbox,
            clock,
            alarms,
            timings=timings,
            fatal=fatal,
            listed=listed,
        )
        for name, key in ground.keys.items()
    }
    enforcers = {
        account.id: enforcer_for(account, connections.get(account.origin), inbox, clock)
        for account in accounts.values()
    }
    symbols = {account.id: account.watch for account in settings.accounts}
    watches = {name: partial(watch_with, connection, symbols) for name, connection in connections.items()}
    read_anew = partial(read_all_anew, accounts, enforcers, clock)
    upkeep = Upkeep(
        accounts,
        store,
        alarms,
        backups=home.backups,
        keep_backups=settings.keep_backups,
        keep_journal=settings.keep_journal,
        looks=looks_of(ground, accounts, inbox, acts, anchors, read_anew),
        senses=Senses(accounts.values(), alarms),
    )
    loop = Loop(
        accounts,
        inbox,
        store,
        clock,
        alarms,
        hand=lambda account, commands: enforcers[account].hand(commands),
        told=Telling(acts, publisher, watches, anchors).told,
        upkeep=upkeep,
    )
    beginning = Beginning(loop, ground.opened, assembly, alarms)
    password = AdminPassword(home.password)
    newcomers = Newcomers(
        accounts, assembly, connections, enforcers, symbols, inbox, clock, store, alarms, trade_clock
    )
    doors = Doors(
        House(
            home=home,
            settings=settings,
            accounts=accounts,
            ratchet=ratchet,
            clock=clock,
            alarms=alarms,
            acts=acts,
            publisher=publisher,
            store=store,
            inbox=inbox,
            loop=loop,
            password=password,
            trade_clock=trade_clock,
            grants=grants,
            recovery=RecoveryCode(home.recovery),
            reset=PasswordReset(store, password, clock, alarms),
            connections=connections,
            heart=heart,
            newcomers=newcomers,
        )
    )
    upkeep.also_look(doors.bring_back)
    upkeep.also_change(doors.look)
    upkeep.also_change(partial(ratchet.look, loop))
    note = partial(note_files, inbox, store, clock)
    watch = Watch(home, accounts.values(), ratchet, alarms, note)
    notifier = Notifier(home.acts, home.outbox, people_to_tell(home, alarms), alarms, clock.now)
    return Parts(
        accounts,
        assembly,
        inbox,
        loop,
        beginning,
        publisher,
        upkeep,
        connections,
        enforcers,
        doors,
        notifier,
        watch,
        ServiceWatch(home.root, alarms),
    )
