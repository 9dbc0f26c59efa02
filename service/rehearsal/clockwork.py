"""Virtual time: the venue's agenda and our own, run as one, in order."""

from collections.abc import Callable

from connectors.simulator.core.agenda import Agenda
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.happenings import Happening
from engine.units import SECOND, Instant
from service.rehearsal.translate import TICKS_IN_A_MICROSECOND, instant

MILLISECOND = SECOND // 1000


class Clockwork:
    """Runs what is due. `told` hears of every happening at the venue, `looked` after each thing that was done."""

    def __init__(
        self,
        exchange: Exchange,
        start: Instant,
        told: Callable[[list[Happening]], None],
        looked: Callable[[], None],
    ) -> None:
        self.now = start
        self.leap = 0
        self._leaps: list[tuple[Instant, int]] = []
        self._exchange = exchange
        self._agenda = Agenda()
        self._told = told
        self._looked = looked

    def at(self, moment: int, action: Callable[[], None]) -> None:
        """Plan an action for an instant (microseconds)."""
        self._agenda.add(max(moment, self.now), action)

    def after(self, milliseconds: float, action: Callable[[], None]) -> None:
        """Plan an action for a while later."""
        self.at(self.now + int(milliseconds * MILLISECOND), action)

    def skip(self, length: int) -> None:
        """Let the time pass for everybody without anything happening."""
        self.leap += length
        self._leaps.append((self.now, self.leap))

    def stamp(self, at: int) -> Instant:
        """Return the time that the venue's clock showed at its own instant (100 ns): with the leaps before it."""
        moment = instant(at)
        for since, leap in reversed(self._leaps):
            if moment > since:
                return Instant(moment + leap)
        return moment

    def run(self, until: int) -> None:
        """Let everything happen that is due by `until`."""
        while True:
            own = self._agenda.next_due()
            venue = -(-self._exchange.next_due() // TICKS_IN_A_MICROSECOND)
            moment = venue if own is None else min(own, venue)
            if moment > until:
                self.now = Instant(until)
                return
            self.now = Instant(max(moment, self.now))
            self._tell(self._exchange.advance(self.now * TICKS_IN_A_MICROSECOND))
            if (due := self._agenda.pop_due(self.now)) is not None:
                due[1]()
                self._tell(self._exchange.take())
            self._looked()

    def _tell(self, happened: list[Happening]) -> None:
        if happened:
            self._told(happened)
