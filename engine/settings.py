"""What a ruleset says once for all its rules (`ruleset.yaml`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.schedule import Calendar
from engine.units import SCALE, Duration, Instant, Money, Number


@dataclass(frozen=True, slots=True)
class Reach:
    """How far away a stop may be, worked out anew each time from a view; None: unknown.

    `unit`: ticks, or money that the whole position would lose on the way from the market to the stop.
    """

    unit: str
    read: Callable[[Any], int | None]


@dataclass(frozen=True, slots=True)
class Stops:
    """What counts as a protective stop. `max_distance` in ticks (millionths) or worked out, None: unlimited.

    `no_widening`: restore, warn or ignore when the trader widens a stop. `replace_grace`: a stop may be missing that
    long while it is replaced.
    """

    max_distance: int | Reach | None = None
    allow_stop_limit: bool = True
    replace_grace: Duration = Duration(2_000_000)
    no_widening: str = "warn"


NEVER_PAID = Instant(0)
"""Instead of an instant: there was no payout yet."""


@dataclass(frozen=True, slots=True)
class News:
    """One scheduled release of high impact."""

    at: Instant
    title: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Meanings that a ruleset fixes; a rule may have its own copy with some of them changed.

    `fresh_for`: an older quote is unknown (decision 7). `mark`: `executable` (bid for longs, ask for shorts) or
    `last`. `breakeven_band`: a trade within it is a scratch; None means its fees. `minis`: weight of a contract by
    root, `other` for the rest (10 micros are one mini). `figures`: what the operator typed in for this account
    (`start_balance`, `eod_high`, `operator_floor`), since the venue does not tell, as is `payout`, when the firm
    last paid out (NEVER_PAID before the first time, None: not typed in). `news`: None where nobody supplies it;
    from `news_end` on it is unknown (None: never).
    """

    calendar: Calendar
    basis: str = "net"
    trade_is: str = "round_trip"
    breakeven_band: Money | None = None
    mark: str = "executable"
    fresh_for: Duration = Duration(3_000_000)
    minis: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({"other": Number(SCALE)}))
    confirm_jump: int | None = None
    stops: Stops = Stops()
    figures: Mapping[str, Money] = field(default_factory=lambda: MappingProxyType({}))
    payout: Instant | None = None
    news: tuple[News, ...] | None = None
    news_end: Instant | None = None
    lists: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
