"""What is kept of grants, as plain data: open challenges, used ones, wrong tries, and locks that come back."""

import json
from dataclasses import asdict, dataclass, replace

from engine.units import MINUTE, SECOND, Duration, Instant

OPEN_FOR = Duration(15 * MINUTE)
"""So long a challenge can be answered."""

LONGEST_WAIT = 300
MOST_OPEN = 20
REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was asked for: a lock of an account, for so many minutes (0: for good)."""

    text: str
    account: int
    name: str
    lock: str
    minutes: int
    asked_at: int

    def is_open(self, now: Instant) -> bool:
        return now - self.asked_at < OPEN_FOR


@dataclass(frozen=True, slots=True)
class Comeback:
    """A lock that was lifted for a while. At `at` it is set again; `until` None: until an admin lifts it."""

    account: int
    lock: str
    rule: str
    symbol: str | None
    state: str
    opened_at: int
    at: int
    until: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Book:
    """All of it. `failures` are wrong codes in a row, the last at `failed_at`."""

    asked: tuple[Challenge, ...] = ()
    used: tuple[Challenge, ...] = ()
    comebacks: tuple[Comeback, ...] = ()
    failures: int = 0
    failed_at: int = 0

    def wait(self, now: Instant) -> int:
        """Return the whole seconds until a code is looked at again: 1, 2, 4 ... 300 after wrong ones."""
        if not self.failures:
            return 0
        until = self.failed_at + min(1 << min(self.failures - 1, 20), LONGEST_WAIT) * SECOND
        return max(-(-(until - now) // SECOND), 0)

    def with_challenge(self, one: Challenge) -> "Book":
        """Return the book with a fresh challenge; an older one for the same lock is void."""
        others = [old for old in self.asked if (old.account, old.lock) != (one.account, one.lock)]
        return replace(self, asked=(*others, one)[-MOST_OPEN:])

    def spent(self, one: Challenge, comeback: Comeback | None) -> "Book":
        """Return the book after a challenge was answered."""
        return replace(
            self,
            asked=tuple(old for old in self.asked if old.text != one.text),
            used=(*self.used, one)[-REMEMBERED:],
            comebacks=self.comebacks if comeback is None else (*self.comebacks, comeback),
            failures=0,
            failed_at=0,
        )


def written(book: Book) -> str:
    """Return the book as one line of JSON."""
    return json.dumps(asdict(book), separators=(",", ":"))


def read(text: str | None) -> Book:
    """Return the book that was written, an empty one where there is none."""
    if not text:
        return Book()
    values = json.loads(text)
    return Book(
        asked=tuple(Challenge(**row) for row in values["asked"]),
        used=tuple(Challenge(**row) for row in values["used"]),
        comebacks=tuple(Comeback(**row) for row in values["comebacks"]),
        failures=values["failures"],
        failed_at=values["failed_at"],
    )
