"""What schedules and event calendars are while a compiled rule runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from dsl.schedules import ScheduleData
from engine.schedule import Schedule
from engine.units import Instant


@dataclass(frozen=True, slots=True)
class SymbolHours:
    """A schedule as its author wrote it, cut to each product's own market hours when first asked for.

    `build` makes the schedule of a root; the empty root stands for a rule on the whole account. `written` is what
    the author wrote, so that two of them can be compared.
    """

    build: Callable[[str], Schedule]
    written: ScheduleData
    built: dict[str, Schedule] = field(default_factory=dict, compare=False, repr=False)

    def at(self, root: str) -> Schedule:
        """Return the schedule of a root."""
        if root not in self.built:
            self.built[root] = self.build(root)
        return self.built[root]


class EventCalendar(Protocol):
    """Announced events, such as economic releases: `news.high_impact`."""

    def near(self, before: int, after: int) -> bool | None:
        """Say whether an event is at most `before` ahead or `after` ago (microseconds); None: unknown."""

    def next_change(self, before: int, after: int) -> Instant | None:
        """Return the next instant at which `near` answers otherwise; None if never."""
