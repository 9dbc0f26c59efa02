"""The faults that come once in a while: to the process, to the connection, to the disk and the clock, to the market."""

from collections.abc import Callable

from service.rehearsal.guard import Guard
from service.rehearsal.guard_housed import HousedGuard
from service.rehearsal.hub import Hub
from service.rehearsal.rest import Rest
from service.rehearsal.stage import Stage

PAUSES = (1, 5, 20, 60)
NAP = 300
"""Seconds of sleep; nights of sleep are in the long world."""
DARK = (20, 70)
"""Seconds without a network after a power cut: longer than what some locks wait for."""
STORM = 40
"""Price changes within one instant."""


class Troubles:
    """Once a second something may happen."""

    def __init__(self, stage: Stage, guard: Guard, hub: Hub, rest: Rest) -> None:
        self._stage = stage
        self._guard = guard
        self._hub = hub
        self._rest = rest
        self._kinds: tuple[tuple[str, float, Callable[[], None]], ...] = (
            ("half_open", 1 / 6, self._half_open),
            ("deaf", 1 / 6, self._deaf),
            ("kicked", 1 / 6, self._kicked),
            ("pause", 1 / 8, self._pause),
            ("sleep", 1 / 40, self._sleep),
            ("stop", 1 / 8, self._stop),
            ("power_cut", 1 / 8, self._power_cut),
            ("bad_tick", 1 / 2, self._bad_tick),
            ("storm", 1 / 4, self._storm),
        )
        self._chances = {name: stage.chance(f"trouble {name}") for name, _, _ in self._kinds}

    def start(self) -> None:
        """Plan the next second."""
        self._stage.clockwork.after(1000, self._second)

    def _second(self) -> None:
        stage = self._stage
        if stage.is_calm:
            return
        if isinstance(self._guard, HousedGuard):
            self._guard.disk.second()
            self._guard.clocks.second()
        for name, share, act in self._kinds:
            if self._chances[name].random() < stage.plan.fault(name) * share:
                stage.hit(name)
                stage.note(f"trouble: {name}")
                act()
        self.start()

    def _half_open(self) -> None:
        """Let the network go without a word; keep-alive notices within 15 s (decision 20)."""
        self._hub.cut(15_000)

    def _deaf(self) -> None:
        """Let the hub answer pings and tell nothing; the next reading shows a fill that it did not tell."""
        self._hub.cut(32_000)

    def _kicked(self) -> None:
        """Let a second login end the first: the stream ends with a frame, and no request passes without a new token."""
        self._hub.cut(50)
        if not self._rest.is_down:
            self._rest.is_down = True
            self._stage.clockwork.after(
                self._chances["kicked"].choice((200, 1500, 6000)), self._rest.comes_back
            )

    def _pause(self) -> None:
        self._still(self._chances["pause"].choice(PAUSES))

    def _sleep(self) -> None:
        self._still(NAP)

    def _still(self, seconds: int) -> None:
        if self._guard.is_running and not self._guard.is_still:
            self._guard.stand_still(seconds)
            if seconds > 30:  # the venue drops a client that is silent for so long
                self._hub.cut(int(seconds * 1000 + 100))

    def _stop(self) -> None:
        if isinstance(self._guard, HousedGuard) and self._guard.is_running and not self._guard.is_still:
            self._guard.stop()

    def _power_cut(self) -> None:
        """End the guard and the network; the guard is back long before the venue can be reached."""
        if self._guard.is_running and not self._guard.is_still and not self._rest.is_down:
            self._rest.is_down = True
            self._guard.crash()
            length = self._chances["power_cut"].choice(DARK)
            self._stage.clockwork.after(length * 1000, self._rest.comes_back)

    def _bad_tick(self) -> None:
        """Tell of a price of nothing, of a bid above its ask, or of a tenth of the price up or down."""
        chance = self._chances["bad_tick"]
        self._hub.tell_nonsense(
            chance.choice(self._stage.contracts), chance.choice(("zero", "crossed", "far"))
        )

    def _storm(self) -> None:
        contract = self._chances["storm"].choice(self._stage.contracts)
        self._stage.exchange.burst(contract, STORM)
