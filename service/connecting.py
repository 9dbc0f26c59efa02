"""One login's way to the venue: connects, keeps trying, and says in an alarm what is in the way."""

import logging
import threading
from collections.abc import Callable, Sequence

from connectors.failures import ConnectorError, LoginRefused, UnknownAccount
from connectors.secret import Secret
from connectors.topstepx.gateway import TopstepxGateway
from connectors.topstepx.settings import Login, Timings
from engine.commands import Command
from engine.events import Answer, CommandAnswered, Event, Link, LinkSeen, SnapshotTaken
from engine.own_events import ContractsWatched
from engine.units import Instant
from service.alarms import Alarms
from service.clock import TrustedClock
from service.exits import CannotStart, Exit
from service.guarded import Guarded
from service.history import fills_since
from service.inbox import Inbox
from service.settings import LoginSettings
from service.stakes import is_at_stake

LOG = logging.getLogger("risk.connecting")

Fatal = Callable[[CannotStart], None]
Listed = Callable[[str, frozenset[str]], None]


class Connection:
    """A gateway and the accounts behind it."""

    def __init__(
        self,
        login: LoginSettings,
        key: Secret,
        accounts: Sequence[Guarded],
        inbox: Inbox,
        clock: TrustedClock,
        alarms: Alarms,
        *,
        timings: Timings,
        fatal: Fatal,
        listed: Listed,
    ) -> None:
        """`fatal` hears of what only a person can mend, `listed` of the symbols that the venue has."""
        self.name = login.name
        self._accounts = {account.id: account for account in accounts}
        self._inbox = inbox
        self._clock = clock
        self._alarms = alarms
        self._fatal = fatal
        self._listed = listed
        self.gateway = TopstepxGateway(
            urls=login.urls,
            login=Login(login.user_name, key),
            accounts=tuple(self._accounts),
            sink=self.put,
            now=clock.now,
            heard=clock.heard,
            fills_since=lambda account: fills_since(self._accounts[account], clock.now()),
            at_stake=lambda account: is_at_stake(self._accounts[account]),
            timings=timings,
        )
        self._thread = threading.Thread(target=self._connect, name=f"connect-{login.name}", daemon=True)

    def start(self) -> None:
        """Connect in the background."""
        self._thread.start()

    def put(self, event: Event) -> None:
        """Put an event of this login into the inbox."""
        if isinstance(event, LinkSeen) and event.link is Link.REST and event.is_live:
            self._alarms.clear(f"unreachable:{self.name}")
        if isinstance(event, LinkSeen) and event.link is Link.LOGIN and event.is_live:
            self._alarms.clear(f"login:{self.name}")
        self._inbox.put(event, self.name)

    def use_key(self, key: Secret) -> None:
        """Log in with another key and use it from now on. Raises ConnectorError; then nothing has changed."""
        self.gateway.use_key(key)

    def execute(self, account: int, command: Command) -> CommandAnswered | SnapshotTaken:
        """Ask the venue once."""
        return self.gateway.execute(account, command)

    def watch(self, account: Guarded, symbols: Sequence[str]) -> None:
        """Ask for the quotes that an account needs: of all it ever held, and of the symbols its file names."""
        wanted = {one.contract for one in account.state.instruments.values() if one.root in symbols}
        self.gateway.watch(account.state.contracts | wanted)
        fresh = wanted - account.state.contracts
        if fresh:
            self.put(ContractsWatched(self._clock.now(), account.id, tuple(sorted(fresh))))

    def guard_too(self, account: Guarded) -> None:
        """Listen to one account more of this login from now on."""
        self._accounts = {**self._accounts, account.id: account}
        self.gateway.guard_too(account.id)

    def stop(self) -> None:
        """End all its threads, within the time that `timings.stop` allows."""
        self.gateway.stop()

    def _connect(self) -> None:
        """Try once to see what is wrong, if anything; after that the gateway itself keeps trying."""
        try:
            self.gateway.connect()
            self._listed(self.name, frozenset(one.root for one in self.gateway.instruments()))
        except LoginRefused as error:
            text = f"login `{self.name}` is refused: {error}"
            if error.is_permanent:
                self._tell("login", text, Exit.REFUSED)
            else:
                self._alarms.raise_(f"login:{self.name}", f"{text}; still trying")
        except UnknownAccount as error:
            self._tell("account", str(error), Exit.UNUSABLE)
        except ConnectorError as error:
            self._alarms.raise_(
                f"unreachable:{self.name}",
                f"the gateway of login `{self.name}` does not answer ({error}); still trying",
            )
        except Exception as error:  # a mistake of ours must not end the thread without a word
            LOG.exception("login %s cannot connect", self.name)
            self._alarms.raise_(
                f"unreachable:{self.name}", f"login `{self.name}`: {type(error).__name__}, see error.log"
            )
        self.gateway.start()

    def _tell(self, code: str, text: str, exit_code: Exit) -> None:
        self._alarms.raise_(f"{code}:{self.name}", text)
        self._fatal(CannotStart(exit_code, text))


class NoWay:
    """Stands in for a login that cannot be used: nothing is sent, and every command is told so."""

    def __init__(self, why: str, now: Callable[[], Instant]) -> None:
        self._why = why
        self._now = now

    def execute(self, account: int, command: Command) -> CommandAnswered | SnapshotTaken:
        """Answer that nothing was asked."""
        return CommandAnswered(self._now(), account, command.id, Answer.REFUSED, None, self._why)
