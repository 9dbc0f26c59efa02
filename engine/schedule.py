"""What the engine needs to know about opening hours, resets and days. The language builds these (`dsl`)."""

from typing import Protocol

from engine.units import Instant, TimeOfDay


class Schedule(Protocol):
    """Hours of the week in a zone, cut by a calendar."""

    def is_inside(self, now: Instant) -> bool:
        """Say whether `now` is within the hours; the end of a range is outside."""

    def next_change(self, now: Instant) -> Instant | None:
        """Return the first instant after `now` at which `is_inside` answers otherwise; None if never."""

    def last_open(self, now: Instant) -> Instant | None:
        """Return the latest instant at or before `now` at which the hours began; None if never."""


class Reset(Protocol):
    """A cron expression in a zone, evaluated on the wall and placed in UTC (`dsl.md` 5)."""

    def next_after(self, moment: Instant) -> Instant:
        """Return the first reset strictly after `moment`."""

    def last_before(self, moment: Instant) -> Instant:
        """Return the latest reset at or before `moment`."""


class Calendar(Protocol):
    """The days of a ruleset: its zone, its trading day, its sessions and when the venue takes orders."""

    @property
    def trading_day(self) -> Reset:
        """When trading days open."""

    @property
    def week(self) -> Reset:
        """When trading weeks open."""

    @property
    def month(self) -> Reset:
        """When trading months open."""

    def session(self, root: str) -> Schedule:
        """Return the ruleset's own hours for a root; an empty root asks for the default ones."""

    def market(self, root: str) -> Schedule:
        """Return when the venue takes orders in a root; an empty root asks for the default group."""

    def clock(self, now: Instant) -> TimeOfDay:
        """Return the time of day on the wall of the ruleset's zone."""

    def say(self, moment: Instant, now: Instant) -> str:
        """Return `moment` for people: `17:00 CST`, with the weekday or date where it is not today's."""
