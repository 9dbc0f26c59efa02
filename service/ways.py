"""The accounts' ways to the venue: who executes commands, whose quotes are asked for, how all is read anew."""

from collections.abc import Callable, Mapping

from engine.commands import TakeSnapshot
from service.clock import TrustedClock
from service.connecting import Connection, NoWay
from service.enforcer import Enforcer, Executor
from service.guarded import Guarded
from service.history import fills_since
from service.inbox import Inbox


def enforcer_for(
    account: Guarded, connection: Connection | None, inbox: Inbox, clock: TrustedClock
) -> Enforcer:
    """Return the way to the venue; without a login each command is answered with why it cannot be done."""
    way: Executor = connection or NoWay(f"login `{account.origin}` has no API key", clock.now)
    sink: Callable[..., None] = connection.put if connection else inbox.put
    return Enforcer(account.id, way, sink, clock.now)


def watch_with(connection: Connection, symbols: dict[int, tuple[str, ...]], account: Guarded) -> None:
    """Ask for quotes of what the account holds and of the symbols that its settings name."""
    connection.watch(account, symbols.get(account.id, ()))


def read_all_anew(
    accounts: Mapping[int, Guarded], enforcers: dict[int, Enforcer], clock: TrustedClock
) -> None:
    """Read every account once more, because what we know of it may be too old."""
    for account in accounts.values():
        since = fills_since(account, clock.now())
        enforcers[account.id].hand([TakeSnapshot("resync", "", since)])
