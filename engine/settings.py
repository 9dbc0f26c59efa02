"""What a ruleset says once for all its rules (`ruleset.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.schedule import Calendar
from engine.units import SCALE, Duration, Money, Number


@dataclass(frozen=True, slots=True)
class Settings:
    """Meanings that a ruleset fixes; a rule may have its own copy with some of them changed.

    `fresh_for`: an older quote is unknown (decision 7). `mark`: `executable` (bid for longs, ask for shorts) or
    `last`. `breakeven_band`: a trade within it is a scratch; None means its fees. `minis`: weight of a contract by
    root, `other` for the rest (10 micros are one mini).
    """

    calendar: Calendar
    basis: str = "net"
    trade_is: str = "round_trip"
    breakeven_band: Money | None = None
    mark: str = "executable"
    fresh_for: Duration = Duration(3_000_000)
    minis: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({"other": Number(SCALE)}))
    lists: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
