"""What one seed's world is made of: every choice and every probability, drawn once, so that it can be printed and shrunk."""

import random
from dataclasses import asdict, dataclass, fields, replace

LEVELS = {"none": 0.0, "low": 0.02, "high": 0.15}

FAMILIES: dict[str, tuple[str, ...]] = {
    "messages": ("drop", "duplicate", "reorder", "late"),
    "stream": ("outage", "half_open", "deaf", "kicked"),
    "answers": ("limited", "refused", "error", "blind_read", "rest_outage"),
    "unknown outcomes": ("hang_before", "hang_after", "executed_late", "slow"),
    "crashes": ("crash", "crash_unstored", "crash_write", "stop", "reboot", "power_cut"),
    "disk": ("disk_full", "disk_eio", "disk_readonly", "disk_locked"),
    "clocks": ("clock_turned",),
    "standstills": ("pause", "sleep"),
    "venue": ("void", "halt", "late_fees"),
    "market": ("bad_tick", "storm", "same_instant"),
}
"""The ten families of faults, and which each consists of."""

FAULTS = tuple(name for names in FAMILIES.values() for name in names)
"""All faults; each has a probability of its own in every world."""

HOUSED_ONLY = ("crash_write", "stop", "reboot", *FAMILIES["disk"], *FAMILIES["clocks"])
"""Faults that need the service's own store and clock."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One world.

    `faults` are probabilities by family, `rules` the names of the hand-made rules that guard it; with a `pack` the
    shipped ruleset of that name does instead.
    `is_housed`: the service's own loop, store, recovery and clock stand around the engine, on a disk that can fail.
    `is_dark`: at its end it is killed and starts where the venue cannot be reached.
    `length` is how long trader and faults act, in seconds. `pace` is the trader's mean pause in seconds.
    `opening` says what the clock is near to: middle of a day, a reset, or the end of a session.
    `lag_ms` is how far REST is behind the stream. `grace`: seconds that a position may be without a stop.
    """

    seed: int
    length: int
    pace: float
    opening: str
    pack: str
    rules: tuple[str, ...]
    limit: int
    limit_each: int
    faults: dict[str, float]
    skew_ms: int
    has_suspended: bool
    flip_rows: int
    is_encoded: bool
    admin: float
    reload: float
    jumps: float
    held_back: bool
    is_housed: bool = False
    is_dark: bool = False
    lag_ms: int = 0
    grace: int = 30

    def fault(self, family: str) -> float:
        """Return the probability of a fault, 0 in a quiet world."""
        return self.faults.get(family, 0.0)

    def without(self, family: str) -> "Plan":
        """Return the same world without one family of faults."""
        return replace(self, faults={**self.faults, family: 0.0})

    def still(self) -> "Plan":
        """Return the same world without admin, reloads, jumps of the price, a clock that is off and a REST side that lags."""
        return replace(self, admin=0.0, reload=0.0, jumps=0.0, skew_ms=0, is_dark=False, lag_ms=0)

    @property
    def needs_quotes(self) -> bool:
        """Whether any of its rules looks at prices."""
        return bool(self.pack) or not {"no_stop", "require_stop", "trail"}.isdisjoint(self.rules)

    def words(self) -> str:
        """Return the plan in one line, without what is switched off."""
        shown = asdict(self)
        shown["faults"] = {name: chance for name, chance in self.faults.items() if chance}
        return " ".join(f"{field.name}={shown[field.name]}" for field in fields(self))


RULES = (
    "max_contracts",
    "max_each",
    "daily_loss",
    "session",
    "cooldown",
    "no_stop",
    "trail",
    "frequency",
    "bad_streak",
    "require_stop",
    "no_entries",
)
"""The rules that a world may have; `rulebook` makes them."""

SELDOM = {"no_entries": 0.1}
"""How likely a rule is where that is not one half: one that forbids much leaves little to happen."""


HOUSED = 0.3
"""How many of the worlds have the service's own parts in them."""

PACKS = ("starter", "topstep-combine-50k")
"""Shipped rulesets that worlds may have."""


def draw(seed: int) -> Plan:
    """Return the plan of a seed. Each choice has randomness of its own: a new one later changes none of the others."""

    def chance(what: str) -> random.Random:
        return random.Random(f"{seed} plan {what}")  # noqa: S311 - a game, not a secret

    is_calm = chance("calm").random() < 0.1
    levels = tuple(LEVELS.values())
    limit = chance("limit").randint(1, 5)
    is_housed = chance("housed").random() < HOUSED
    faults = {name: 0.0 if is_calm else chance(name).choice(levels) for name in FAULTS}
    if not is_housed:
        faults |= dict.fromkeys(HOUSED_ONLY, 0.0)
    return Plan(
        seed=seed,
        length=chance("length").choice((10, 15, 25, 60)),
        pace=chance("pace").choice((0.7, 1.5, 3.0)),
        opening=chance("opening").choice(("middle", "middle", "reset", "close")),
        pack=chance("pack").choice(("", "", "", "", *PACKS)),
        rules=tuple(name for name in RULES if chance(name).random() < SELDOM.get(name, 0.5))
        or ("max_contracts",),
        limit=limit,
        limit_each=chance("limit_each").randint(1, limit + 1),
        faults=faults,
        skew_ms=chance("skew").choice((0, 0, -1500, 900)),
        has_suspended=chance("suspended").random() < 0.7,
        flip_rows=chance("flip").choice((1, 2)),
        is_encoded=chance("encoded").random() < 0.5,
        admin=chance("admin").choice((0.0, 0.0, 0.05)),
        reload=chance("reload").choice((0.0, 0.0, 0.02)),
        jumps=chance("jumps").choice((0.0, 0.1, 0.3)),
        held_back=chance("held").random() < 0.5,
        is_housed=is_housed,
        is_dark=chance("dark").random() < 0.3,
        lag_ms=chance("lag").choice((0, 0, 0, 0, 300, 900)),
        grace=chance("grace").choice((6, 30)),
    )
