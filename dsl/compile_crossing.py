"""When time alone carries a field past a bound: `connection.blind_for >= 30s` is looked at once, not every second."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dsl.fact import MARKET, NEWS, SECOND, SESSION, Fact
from dsl.nodes import Compare
from dsl.typed import LetUse, Typed
from engine.facts import Facts
from engine.units import Instant

Read = Callable[[Facts], Any]
Wake = Callable[[Facts], Instant | None]


@dataclass(frozen=True, slots=True)
class Course:
    """How a field moves while nothing else happens: up (1) or down (-1) by each microsecond; `jumps` by itself at what."""

    pace: int
    jumps: str = ""


COURSES: Mapping[str, Course] = {
    "connection.blind_for": Course(1),
    "position.age": Course(1),
    "session.closes_in": Course(-1, SESSION),
    "market.closes_in": Course(-1, MARKET),
    "news.next_in": Course(-1, NEWS),
}

TOO_FAR = 10**17
"""Microseconds, three thousand years: such a bound is never reached."""


def crossing(typed: Typed) -> tuple[Typed, Typed, Course] | None:
    """Return the field, the bound and the course of a comparison that time alone decides; None for any other."""
    if not isinstance(typed.node, Compare):
        return None
    for field, bound in (typed.parts, reversed(typed.parts)):
        course = COURSES.get(_fact(field).path) if isinstance(_fact(field), Fact) else None
        if course is not None and not _moves(bound):
            return field, bound, course
    return None


def crossing_wake(field: Read, bound: Read, course: Course) -> Wake:
    """Return when a field reaches its bound, or is just past it."""

    def wake(f: Facts) -> Instant | None:
        now_is, then_is = field(f), bound(f)
        if now_is is None or then_is is None:
            return None
        left = (then_is - now_is) * course.pace
        later = [f.now + left + past for past in (0, 1) if left + past > 0]
        return Instant(min(later)) if later and left < TOO_FAR else None

    return wake


def _fact(typed: Typed) -> Any:
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    return typed.ref


def _moves(bound: Typed) -> bool:
    return any(isinstance(part.ref, Fact) and part.ref.wakes == SECOND for part in bound.walk())
