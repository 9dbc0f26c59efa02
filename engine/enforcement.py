"""From breach to proof: what is being brought back inside the rules, and which requests are under way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from engine.commands import Command
from engine.events import Answer
from engine.units import Instant


class Progress(StrEnum):
    """Where an enforcement stands. ESCALATED: we stopped trying or it takes too long; people must look."""

    OPEN = "open"
    PROVEN = "proven"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, or one lock, that wanted this."""

    rule: str
    tier: str
    text: str
    lock: str = ""


@dataclass(frozen=True, slots=True)
class Enforcement:
    """One correction of the account and its four times (`design.md` 2, promise 1).

    `targets`: for each contract the largest size wanted. `before`: the signed sizes when it began, for people.
    `is_reentry`: an exposure that appeared under a lock. Times are trusted instants; `proven_at` is set when the
    venue's own view shows the wanted state.
    """

    id: str
    reasons: tuple[Reason, ...]
    targets: Mapping[str, int]
    before: Mapping[str, int]
    is_reentry: bool
    detected_at: Instant
    sent_at: Instant | None = None
    acked_at: Instant | None = None
    proven_at: Instant | None = None
    progress: Progress = Progress.OPEN
    sent: int = 0
    failures: int = 0
    retry_at: Instant | None = None
    text: str = ""
    cancelled: int = 0
    orders: frozenset[int] = frozenset()
    looks: tuple[Instant, ...] = ()
    extras: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class InFlight:
    """A request whose effect the venue's view does not show yet.

    `expected` is the absolute size that will be left once it is done. After `deadline` nobody waits any longer:
    a fresh snapshot decides. `answer` None: not answered yet.
    """

    command: Command
    made_at: Instant
    deadline: Instant
    expected: int | None = None
    sent_at: Instant | None = None
    answer: Answer | None = None
    answered_at: Instant | None = None
