"""The published status as the screens see it: read from `status/status.json`, schema `risk.status/1`."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

SCHEMA = "risk.status/1"


@dataclass(frozen=True, slots=True)
class Link:
    """One way to the venue. `is_live` None: not tried yet."""

    name: str
    is_live: bool | None
    since: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about the guard itself that a person must look at."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Session:
    """The trader's own hours and the exchange's, each with the instant at which it changes."""

    is_open: bool | None
    changes_at: datetime | None
    market_is_open: bool | None
    market_changes_at: datetime | None
    calendar_warning: str
    odd_days: tuple["OddDay", ...] = ()


@dataclass(frozen=True, slots=True)
class OddDay:
    """A holiday or an early close ahead. `closes_at` None: no session at all. `day` is its date as text."""

    day: str
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one line that answers whether one may trade. `because`: what the lock's rule measures, or empty."""

    level: str
    text: str
    until: datetime | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """How close one rule is to its limit. `fraction` is value by limit, None where it is not known.

    `locked_until` None with `is_locked`: a condition or a person ends the lock. `label` says what is measured; `tier`
    whose gauge it is. `closes_at`: the rule keeps hours, which are open until then.
    """

    name: str
    title: str
    mode: str
    subject: str
    value: Decimal | None
    limit: Decimal | None
    unit: str
    color: str
    fraction: Decimal | None
    is_locked: bool
    locked_until: datetime | None
    pending_until: datetime | None
    message: str
    label: str
    tier: str
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """One position; `size` is signed. `has_stop` None: not known. `covered` contracts leave at `stop` or better."""

    contract: str
    symbol: str
    name: str
    size: int
    average_price: Decimal | None
    open_pnl: Decimal | None
    has_stop: bool | None
    stop: Decimal | None = None
    covered: int | None = None


@dataclass(frozen=True, slots=True)
class LockRow:
    """One lock. `until` None: `end` says in words what ends it; `waits_for` why it has not ended yet."""

    scope: str
    kind: str
    state: str
    rule: str
    reason: str
    until: datetime | None
    end: str
    side: str
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One enforcement with its times; `flat_ms` counts from the detection to the venue showing it.

    `closed`: for each contract how many were too many.
    """

    rules: tuple[str, ...]
    reason: str
    detected_at: datetime | None
    sent_ms: Decimal | None
    acked_ms: Decimal | None
    flat_ms: Decimal | None
    verified: bool
    progress: str
    is_reentry: bool
    text: str
    closed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """One change of the rules that takes effect at `due`; `verdict` is stricter, looser, unknown or neutral."""

    text: str
    verdict: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Grant:
    """A lock that the partner's code lifts until `ends_at`; with a `challenge` one that is only asked for till then."""

    rule: str
    lock: str
    ends_at: datetime | None
    locked_until: datetime | None
    challenge: str


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is shown of one account."""

    name: str
    id: str
    venue_name: str
    mode: str
    mode_reason: str
    ruleset: str
    digest: str
    balance: Decimal | None
    can_trade: bool | None
    simulated: bool | None
    links: tuple[Link, ...]
    way: str
    is_confirmed: bool | None
    session: Session
    verdict: Verdict
    gauges: tuple[Gauge, ...]
    positions: tuple[Held, ...]
    working_orders: int
    locks: tuple[LockRow, ...]
    acts: tuple[Act, ...]
    coming: tuple[Coming, ...]
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What the guard published last. `written_at` is the host's clock, `venue_time` the trusted one.

    `pid` 0: not known.
    """

    written_at: datetime
    venue_time: datetime
    is_time_confirmed: bool
    version: str
    pid: int
    state: str
    alarms: tuple[Alarm, ...]
    accounts: tuple[Account, ...]
