"""Recording: a session of its own that only listens and reads, for as long as somebody wants."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag

from connectors.failures import ConnectorError, LoginRefused, UnknownAccount
from connectors.topstepx.gateway import TopstepxGateway
from connectors.topstepx.recording.recorder import Recorder
from connectors.topstepx.settings import Login, Timings
from engine.events import Event, LinkSeen, PositionSeen, SnapshotTaken
from engine.units import HOUR, Instant
from service.api_keys import KeyMissing, api_key
from service.clock import TrustedClock
from service.exits import CannotStart, Exit
from service.home import Home
from service.settings import AccountSettings, HomeSettings, LoginSettings
from service.start import read_settings
from service.version import version

LOOK_BACK = 24 * HOUR
"""Fills of so long are read, so that a replay knows the day."""

TIMINGS = Timings(requests=60, requests_background=40, stop=2.0)
"""The venue's allowance is one for all programs of a login: the guard keeps most of it."""

TICK = 0.2


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many lines of each kind were written, and what went wrong on the way, in one sentence each."""

    counts: Counter[str]
    troubles: list[str] = field(default_factory=list)


def record(
    home: Home,
    path: Path,
    *,
    login: str | None,
    seconds: float | None,
    stop: Flag,
    timings: Timings = TIMINGS,
) -> Recorded:
    """Write down what the venue says to one login until `stop`, or for so many seconds. Nothing is ever changed there.

    Raises CannotStart with a sentence for people. A venue that goes away meanwhile is waited for.
    """
    settings = read_settings(home)
    chosen = _login(settings, login)
    accounts = [account for account in settings.accounts if account.login == chosen.name]
    try:
        key = api_key(home, chosen.name)
    except KeyMissing as error:
        raise CannotStart(Exit.UNUSABLE, str(error)) from error
    clock = TrustedClock(None)
    try:
        start = {"risk": version(), "accounts": [account.id for account in accounts]}
        recorder = Recorder(path, key, start, now=clock.now, heard=clock.heard)
    except FileExistsError:
        raise CannotStart(
            Exit.UNUSABLE, f"{path} exists: name a new file, recordings never overwrite"
        ) from None
    except OSError as error:
        raise CannotStart(Exit.UNUSABLE, f"{path} cannot be written: {error.strerror or error}") from error
    listener = _Listener(recorder, accounts)
    gateway = TopstepxGateway(
        urls=chosen.urls,
        login=Login(chosen.user_name, key),
        accounts=tuple(account.id for account in accounts),
        sink=listener.hear,
        now=clock.now,
        heard=clock.heard,
        fills_since=lambda _: Instant(clock.now() - LOOK_BACK),
        timings=timings,
        tap=recorder,
    )
    listener.gateway = gateway
    try:
        _connect(gateway, chosen.name)
        _listen(gateway, listener, recorder, stop, seconds)
    finally:
        gateway.stop()
        recorder.close()
    troubles = [f"{path} is not whole: {recorder.failure}"] if recorder.failure else []
    return Recorded(recorder.counts, troubles)


class _Listener:
    """Asks for the quotes of whatever the accounts watch or hold, and writes down which links are up."""

    gateway: TopstepxGateway

    def __init__(self, recorder: Recorder, accounts: list[AccountSettings]) -> None:
        self._recorder = recorder
        self.symbols = {symbol for account in accounts for symbol in account.watch}

    def hear(self, event: Event) -> None:
        match event:
            case LinkSeen():
                self._recorder.link(event)
            case SnapshotTaken():
                self.gateway.watch(position.contract for position in event.positions)
            case PositionSeen():
                self.gateway.watch([event.position.contract])
            case _:
                pass


def _login(settings: HomeSettings, name: str | None) -> LoginSettings:
    """Return the login that was named, or the only one with guarded accounts. Raises CannotStart."""
    used = sorted({account.login for account in settings.accounts})
    if name is None and len(used) == 1:
        return settings.logins[used[0]]
    if name in used:
        return settings.logins[str(name)]
    known = ", ".join(f"`{each}`" for each in used)
    wrong = f"no guarded account uses login `{name}`" if name else "several logins are in use"
    raise CannotStart(Exit.UNUSABLE, f"{wrong}: choose one of {known} with `--login`")


def _connect(gateway: TopstepxGateway, login: str) -> None:
    try:
        gateway.connect()
    except LoginRefused as error:
        raise CannotStart(Exit.REFUSED, f"login `{login}` is refused: {error}") from error
    except UnknownAccount as error:
        raise CannotStart(Exit.UNUSABLE, str(error)) from error
    except ConnectorError as error:
        raise CannotStart(
            Exit.UNREACHABLE, f"the gateway of login `{login}` does not answer: {error}"
        ) from error


def _listen(
    gateway: TopstepxGateway, listener: _Listener, recorder: Recorder, stop: Flag, seconds: float | None
) -> None:
    gateway.watch(one.contract for one in gateway.instruments() if one.root in listener.symbols)
    gateway.start()
    waited = 0.0
    while not stop.wait(TICK) and recorder.failure is None:
        waited += TICK
        if seconds is not None and waited >= seconds:
            return
