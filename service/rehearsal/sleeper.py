"""A process that can stand still: stopped, or on a machine that sleeps."""

from collections.abc import Callable

from engine.units import SECOND
from service.rehearsal.stage import Stage


class Sleeper:
    """Keeps what comes in while it stands still. `life` counts starts and deaths of the process."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.life = 0
        self.is_still = False
        self._backlog: list[Callable[[], None]] = []

    def stand_still(self, seconds: float) -> None:
        """Do nothing for a while, as a process that was stopped, or a machine that sleeps; what comes in waits."""
        stage, life = self._stage, self.life
        self.is_still = True
        stage.listener.stood_still(int(seconds * SECOND))

        stage.clockwork.after(seconds * 1000, lambda: self.wake() if life == self.life else None)

    def wake(self) -> None:
        """Run on, and hear what came in meanwhile."""
        life, waiting = self.life, list(self._backlog)
        self.is_still = False
        self._backlog.clear()
        for act in waiting:
            if life == self.life:
                act()

    def when_awake(self, act: Callable[[], None]) -> None:
        """Do something now, or as soon as the process runs on."""
        if self.is_still:
            self._backlog.append(act)
        else:
            act()
