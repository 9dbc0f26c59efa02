"""Exceptions and ends of rules: from a day on, counted from midnight in the ruleset's zone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dsl.document_parts import ExceptionNode
from dsl.nodes import Literal
from dsl.operations import month_of
from dsl.wall_time import place_on, zone_named
from engine.facts import Facts
from engine.rule import Condition
from engine.units import Instant


@dataclass(frozen=True, slots=True)
class Exemption:
    """Symbols, or months of them, for which a rule does not apply before an instant."""

    symbols: frozenset[str]
    until: Instant

    def holds(self, f: Facts) -> bool:
        return f.now < self.until and (f.symbol.name in self.symbols or month_of(f) in self.symbols)


def start_of(day: Literal, tz: str) -> Instant:
    """Return when a day starts on the wall of a zone."""
    return Instant(place_on(date.fromisoformat(str(day.value)), 0, zone_named(tz)))


def exemptions(written: tuple[ExceptionNode, ...], tz: str) -> tuple[Exemption, ...]:
    """Return the exceptions of a rule."""
    return tuple(
        Exemption(frozenset(str(symbol.value) for symbol in each.symbols), start_of(each.until, tz))
        for each in written
    )


def unless_exempt(when: Condition, exempt: tuple[Exemption, ...]) -> Condition:
    """Return a condition that is false where an exception holds."""
    if not exempt:
        return when
    return lambda f: False if any(each.holds(f) for each in exempt) else when(f)


def end_wake(exempt: tuple[Exemption, ...]) -> Callable[[Facts], Instant | None]:
    """Return when the next exception ends."""
    return lambda f: min((each.until for each in exempt if each.until > f.now), default=None)
