"""A partner on the phone, for tests of grants: the doors, a lock of six hours, and the secret that both share."""

from typing import Any

from engine.events import LockRequested
from engine.units import HOUR, Instant
from service.grants import codes

RIGHT = "correct horse battery"


class Phone:
    """The doors, a lock of six hours, and a partner who has the secret."""

    def __init__(self, step: Any) -> None:
        self.step = step
        step.password.set(RIGHT)
        self.secret = codes.read_secret(step.ask("admin", "grant_setup", password=RIGHT)["secret"])
        self.until = Instant(step.bench.clock.now() + 6 * HOUR)
        self.lock = self.lock_up(1)

    def lock_up(self, account: int, by: str = "rule") -> str:
        step = self.step
        before = set(step.states()[account].locks)
        event = lambda: LockRequested(step.bench.clock.now(), account, None, self.until, by)  # noqa: E731
        step.house.on_engine(lambda: step.house.handle(event()))
        (lock,) = set(step.states()[account].locks) - before
        return str(lock)

    def challenge(self, **fields: Any) -> str:
        answer = self.step.ask("trader", "grant_ask", **{"account": "alice", "lock": self.lock} | fields)
        assert answer["ok"], answer
        return codes.read_challenge(answer["challenge"])

    def code(self, challenge: str, *, lock: str = "", account: str = "alice", minutes: int = 30) -> str:
        return codes.code(self.secret, challenge, account, lock or self.lock, minutes)

    def redeem(self, code: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.step.ask("trader", "redeem", code=code)
        return answer

    def later(self, length: int) -> None:
        self.step.bench.boot += length
        self.step.house.on_engine(self.step.doors.bring_back)
        self.step.house.on_engine(self.step.doors.look)
        self.step.house.on_engine(lambda: None)
