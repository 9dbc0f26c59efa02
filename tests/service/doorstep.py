"""Knocking at the doors of a daemon in tests: whole requests, and bytes that no request is."""

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.state import State
from engine.units import HOUR, Duration
from service.acts import Acts
from service.doors.house import House
from service.doors.limits import Limits
from service.doors.opening import Doors
from service.grants.desk import GrantDesk
from service.home import Home
from service.password import AdminPassword
from service.password_reset import PasswordReset, RecoveryCode
from service.publish import Publisher
from service.ratchet.household import Household
from service.ratchet.ratchet import Ratchet
from service.settings import HomeSettings
from service.store.audit import AuditRow, rows
from service.trade_clock.clock import TradeClock


@dataclass
class Doorstep:
    """The three doors on the bench of the engine thread (`loop_bench.py`), which runs as a thread here."""

    bench: Any
    home: Home
    limits: Limits

    def __post_init__(self) -> None:
        self.home.status_folder.mkdir(parents=True, exist_ok=True)
        accounts, clock, alarms = self.bench.accounts, self.bench.clock, self.bench.alarms
        trade_clock = TradeClock(self.bench.store, accounts)
        self.home.data.mkdir(exist_ok=True)
        self.grants = GrantDesk(self.bench.store, self.home.grant_secret, accounts)
        self.publisher = Publisher(
            self.home.status,
            accounts.values(),
            clock,
            alarms,
            lambda: self.bench.store.ends,
            None,
            (trade_clock.shown, self.grants.shown),
        )
        self.password = AdminPassword(self.home.password, hasher=cheap_hasher())
        self.house = House(
            home=self.home,
            settings=HomeSettings({}, ()),
            accounts=accounts,
            ratchet=Ratchet(
                self.home, accounts, {}, self.bench.store, clock, alarms, Household(Duration(HOUR), ())
            ),
            clock=clock,
            alarms=alarms,
            acts=Acts(self.home.acts, 1_000_000, 2),
            publisher=self.publisher,
            store=self.bench.store,
            inbox=self.bench.inbox,
            loop=self.bench.loop,
            password=self.password,
            trade_clock=trade_clock,
            grants=self.grants,
            recovery=RecoveryCode(self.home.recovery),
            reset=PasswordReset(self.bench.store, self.password, clock, alarms),
            connections={},
        )
        self.doors = Doors(self.house, self.limits)

    def raw(self, door: str, message: bytes, *, end: bool = True) -> dict[str, Any]:
        """Send bytes as they are and return the answer, {} when there is none."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(20)
            line.connect(str(self.home.doors / f"{door}.sock"))
            with suppress(
                BrokenPipeError, ConnectionResetError
            ):  # turned away; the answer is there all the same
                line.sendall(message + (b"\n" if end else b""))
            return read_answer(line)

    def ask(self, door: str, verb: str, **fields: Any) -> dict[str, Any]:
        """Ask properly and return the whole answer, refused or not."""
        return self.raw(door, json.dumps({"schema": "risk.ask/1", "verb": verb, **fields}).encode())

    def trail(self) -> list[dict[str, Any]]:
        """Return the rows about requests in the audit trail."""
        return [json.loads(row.body) for row in self.audit() if row.kind == "ask"]

    def audit(self) -> list[AuditRow]:
        self.house.on_engine(self.bench.store.flush)
        return list(self.house.on_engine(lambda: tuple(rows(self.bench.store.connection))))

    def states(self) -> dict[int, State]:
        """Return what is known of each account; frozen, so a later look can be compared."""
        return {number: account.state for number, account in self.bench.accounts.items()}


def cheap_hasher() -> Any:
    """Return a hasher that costs nothing; what it protects is tried in test_password.py."""
    from argon2 import PasswordHasher
    from argon2.profiles import CHEAPEST

    return PasswordHasher.from_parameters(CHEAPEST)


def read_answer(line: socket.socket) -> dict[str, Any]:
    heard = b""
    while not heard.endswith(b"\n"):
        try:
            part = line.recv(65536)
        except ConnectionResetError:
            part = b""
        if not part:
            return {}
        heard += part
    answer: dict[str, Any] = json.loads(heard)
    return answer


def running(step: Doorstep, until: Callable[[], bool]) -> None:
    """Be the engine thread."""
    while not until():
        step.bench.loop.once()


def at(path: Path, bench: Any, **limits: Any) -> Doorstep:
    """Return the doors of a bench in a folder; nobody who knocks is made to wait."""
    return Doorstep(
        bench,
        Home(path),
        Limits(**{"rest": 0.0, "per_minute": 10**6, "rows": 10**6, "rows_a_day": 10**6, **limits}),
    )
