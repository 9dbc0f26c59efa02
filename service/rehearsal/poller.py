"""The second way: the venue is read by REST beside the stream, seldom while it lives and often while it does not."""

from collections.abc import Mapping

from connectors.topstepx.pace import pace_of
from connectors.topstepx.settings import Timings
from engine.events import Event, Link
from engine.units import SECOND
from service.rehearsal.guard import Guard, is_view
from service.rehearsal.reading import Reader
from service.rehearsal.stage import Stage

EVERY = {
    is_live: int(pace_of(1, 0, is_live=is_live, timings=Timings()).at_stake * SECOND)
    for is_live in (True, False)
}
"""Microseconds between two polls of an account with something at stake, by whether the user hub is live."""
TICK_MS = 250


class Poller:
    """Polls as the connector does. A guard that started anew is polled a full interval after its start."""

    def __init__(self, stage: Stage, guard: Guard, reader: Reader) -> None:
        self._stage = stage
        self._guard = guard
        self._reader = reader
        self._life = 0
        self._polled_at = 0

    def start(self) -> None:
        """Look now and again whether a poll is due."""
        self._tick()

    def _tick(self) -> None:
        stage, guard = self._stage, self._guard
        if guard.life != self._life:
            self._life, self._polled_at = guard.life, stage.now
        link = guard.state.links.get(Link.USER_HUB)
        every = EVERY[link is not None and link.is_live]
        if guard.is_running and not guard.is_still and stage.now - self._polled_at >= every:
            self._polled_at = stage.now
            self.poll()
        stage.clockwork.after(TICK_MS, self._tick)

    def poll(self) -> None:
        """Read the venue; a reading that fails is simply not there."""
        life = self._guard.life

        def reply(event: Event, versions: Mapping[str, int]) -> None:
            if life == self._guard.life and is_view(event):
                self._guard.hear(lambda at: event, versions)

        self._reader.read(self._guard.fills_since(), "", reply)
