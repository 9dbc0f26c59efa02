"""What the verbs of the doors may reach of the running daemon."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from engine.events import Event
from service.acts import Acts
from service.alarms import Alarms
from service.call import Call, NotTaken, StillRunning
from service.clock import TrustedClock
from service.connecting import Connection
from service.doors.peer import NOBODY, Peer
from service.doors.refused import Code, Refused
from service.grants.desk import GrantDesk
from service.guarded import Guarded
from service.home import Home
from service.inbox import Inbox, Letter
from service.loop import Loop, Steps
from service.newcomers import Newcomers
from service.password import AdminPassword
from service.password_reset import PasswordReset, RecoveryCode
from service.publish import Publisher
from service.ratchet.ratchet import Ratchet
from service.settings import HomeSettings
from service.store.store import Store, StoreFailed
from service.supervise.heart import Heart
from service.trade_clock.clock import TradeClock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class House:
    """The parts of the daemon. `peer` is whoever asks now, `heart` the way to a parent process.

    Accounts and clock may be read from any thread; the store, `handle` and whatever changes something belong to the
    engine thread, which `on_engine` reaches.
    """

    home: Home
    settings: HomeSettings
    accounts: Mapping[int, Guarded]
    ratchet: Ratchet
    clock: TrustedClock
    alarms: Alarms
    acts: Acts
    publisher: Publisher
    store: Store
    inbox: Inbox
    loop: Loop
    password: AdminPassword
    trade_clock: TradeClock
    grants: GrantDesk
    recovery: RecoveryCode
    reset: PasswordReset
    connections: Mapping[str, Connection]
    peer: Peer = NOBODY
    heart: Heart | None = None
    newcomers: Newcomers | None = None

    def on_engine(self, act: Callable[[], T]) -> T:
        """Do something on the engine thread, between two events, and return what came of it. Raises Refused."""
        call = Call(act)
        self.inbox.call(call)
        try:
            return call.outcome()
        except NotTaken:
            raise Refused(
                Code.BUSY,
                "the guard does not take requests at this moment (it is starting, stopping or busy); nothing was done",
                "look at `risk status`, and ask again in a moment",
            ) from None
        except StillRunning:
            raise Refused(
                Code.FAILED,
                "the guard began and is not done after half a minute; whether it will be is not known",
                "look at `risk status` before you ask again",
            ) from None

    def handle(self, event: Event) -> Steps:
        """Step an event, which journals it, so that a replay gives the same. On the engine thread only."""
        return self.loop.handle(Letter("", event))

    def kept(self, act: Callable[[], T]) -> T:
        """Do what must be stored before anything is loosened. Raises Refused where the disk does not take it."""
        try:
            return act()
        except StoreFailed as error:
            raise Refused(
                Code.REFUSED, f"it cannot be stored, so nothing was lifted ({error})", "mend the disk"
            ) from error

    @contextmanager
    def disk_may_wait(self) -> Iterator[None]:
        """Go on where the disk does not take a row yet: it waits in memory with all others, under an alarm."""
        try:
            yield
        except StoreFailed as error:
            self.alarms.store_failed(error)

    def account(self, name: str) -> Guarded:
        """Return an account by its name or number; empty: the only one there is. Raises Refused."""
        known = tuple(self.accounts.values())
        if not name and len(known) == 1:
            return known[0]
        found = next((one for one in known if name in (one.name, str(one.id))), None)
        if found is None:
            names = ", ".join(f"`{one.name}`" for one in known) or "none"
            text = f"there is no account `{name[:40]}`" if name else "say which account: there are several"
            raise Refused(Code.NOT_FOUND, text, f"accounts: {names}")
        return found
