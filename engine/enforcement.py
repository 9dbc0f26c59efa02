"""From breach to proof: what is being brought back inside the rules, and which requests are under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.commands import Command
from engine.events import Answer
from engine.units import Instant
from engine.venue import Side


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
    `exits`: the orders that protected those positions; what is left of them afterwards must not open a new one.
    `is_reentry`: an exposure that appeared under a lock. Times are trusted instants; `proven_at` is set when the
    venue's own view shows the wanted state. `text` is the venue's latest refusal.
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
    requests: int = 0
    exits: frozenset[int] = frozenset()
    text: str = ""

    @property
    def is_over(self) -> bool:
        return self.progress is Progress.PROVEN


@dataclass(frozen=True, slots=True)
class InFlight:
    """A request whose effect the venue's view does not show yet.

    `expected` is the absolute size that will be left once it is done. `is_sure`: fills explained the position when it
    was asked for, so that its fill alone shows the effect. After `deadline` nobody waits any longer: a fresh snapshot
    decides. `answer` None: not answered yet.
    """

    command: Command
    made_at: Instant
    deadline: Instant
    expected: int | None = None
    is_sure: bool = False
    sent_at: Instant | None = None
    answer: Answer | None = None
    answered_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is asked about a contract or an order before `until`; `failures` in a row led to it."""

    until: Instant
    failures: int


@dataclass(frozen=True, slots=True)
class Rest:
    """That enforcing found nothing to do. It is so before `until`, as long as everything it `seen` is the very same.

    `rules` are those whose demands it followed: what they read must not have changed either.
    """

    until: Instant
    seen: tuple[object, ...]
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnAct:
    """A sized request of ours, kept for a while to recognise the untagged order that it becomes (decision 16).

    Sent `at`; `answered_at` None: not answered yet.
    """

    contract: str
    side: Side
    size: int
    at: Instant
    order_id: int | None = None
    command: str = ""
    answered_at: Instant | None = None
