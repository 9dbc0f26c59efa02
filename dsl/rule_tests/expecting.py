"""Comparing what a step expects with what followed. Strict: whatever was not announced fails."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dsl.market_days_say import say
from dsl.rule_tests.happenings import Happening, Until
from dsl.rule_tests.moments import next_clock
from dsl.rule_tests.steps import Clock, Expectation
from engine.units import Instant


@dataclass(frozen=True, slots=True)
class Difference:
    """What was expected and what happened, each in words; empty words mean nothing."""

    expected: str
    happened: str


def difference(
    expects: tuple[Expectation, ...], happened: list[Happening], now: Instant, zone: ZoneInfo
) -> Difference | None:
    """Return how a step differs from what it expects, None if it does not."""
    wanted = {Happening(expect.words, _until(expect, now, zone)) for expect in expects}
    if wanted == set(happened):
        return None
    # The end of a lock is only said where it makes the difference.
    is_about_ends = {one.words for one in wanted} == {one.words for one in happened}
    ordered = [Happening(expect.words, _until(expect, now, zone)) for expect in expects]
    return Difference(*(_words(found, now, zone, ends=is_about_ends) for found in (ordered, happened)))


def _until(expect: Expectation, now: Instant, zone: ZoneInfo) -> Until:
    return next_clock(expect.until, now, zone) if isinstance(expect.until, Clock) else expect.until


def _words(happened: list[Happening], now: Instant, zone: ZoneInfo, *, ends: bool) -> str:
    return ", ".join(one.words + (_end(one, now, zone) if ends else "") for one in happened)


def _end(one: Happening, now: Instant, zone: ZoneInfo) -> str:
    match one.until:
        case None:
            return ""
        case int():
            return f" until {say(Instant(one.until), now, zone)}"
        case _:
            return f" until {one.until}"
