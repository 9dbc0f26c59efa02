"""Plays a tape to whoever is connected; time begins when the first client has subscribed to something."""

import asyncio

from aiohttp import web

from connectors.simulator.core.instants import Instant
from connectors.simulator.recorded.tape import Tape
from connectors.simulator.server.clock import Clock
from connectors.simulator.server.faults import Faults
from connectors.simulator.server.hub_link import HubLink


class Player:
    """One tape, its clock, and the connections that hear it."""

    def __init__(self, tape: Tape, speed: float) -> None:
        self.tape = tape
        self.links: set[HubLink] = set()
        self.faults = Faults()
        self.played = 0
        self._speed = speed
        self._clock: Clock | None = None
        self._begun = asyncio.Event()

    @property
    def now(self) -> Instant:
        """The tape's time; it stands at its start until somebody listens."""
        return self._clock.now() if self._clock is not None else self.tape.start

    def begin(self) -> None:
        """Let time run, once."""
        if self._clock is None:
            self._clock = Clock(self.tape.start, self._speed)
            self._begun.set()

    async def play(self) -> None:
        """Send each cue at its time; after the last the hubs stay open and silent."""
        await self._begun.wait()
        assert self._clock is not None
        for cue in self.tape.cues:
            await asyncio.sleep(self._clock.real_seconds_until(cue.at))
            for link in [link for link in self.links if link.hub == cue.hub and link.subscriptions]:
                if cue.text is None:
                    link.cut("reset")
                else:
                    link.send(cue.text)
            self.played += 1


PLAYER = web.AppKey("PLAYER", Player)
