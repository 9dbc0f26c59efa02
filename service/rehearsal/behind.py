"""What REST shows: the venue as it is, or where the plan says so as it was a moment ago."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from connectors.simulator.server.view import View, of
from service.rehearsal.clockwork import MILLISECOND
from service.rehearsal.stage import Stage
from service.rehearsal.truth import Truth


@dataclass(frozen=True, slots=True)
class Picture:
    """The venue at one moment of its own time (microseconds), and which change of each position was its latest."""

    at: int
    view: View
    versions: Mapping[str, int]


class Behind:
    """Keeps pictures of the last moments in a world whose REST side lags."""

    def __init__(self, stage: Stage, truth: Truth) -> None:
        self._stage = stage
        self._truth = truth
        self._lag = stage.plan.lag_ms * MILLISECOND
        self._kept: deque[Picture] = deque()
        self.catch_up()

    def keep(self) -> None:
        """Remember the venue as it is now, if anybody will want to know."""
        if self._lag:
            self._kept.append(self._now())

    def catch_up(self) -> None:
        """Show the venue as it is now: time passed in which nothing happened."""
        self._kept.clear()
        self._kept.append(self._now())

    def look(self) -> Picture:
        """Return the newest picture that is old enough."""
        if not self._lag:
            return self._now()
        while len(self._kept) > 1 and self._kept[1].at <= self._stage.now - self._lag:
            self._kept.popleft()
        return self._kept[0]

    def _now(self) -> Picture:
        return Picture(self._stage.now, of(self._stage.exchange.venue), dict(self._truth.versions))
