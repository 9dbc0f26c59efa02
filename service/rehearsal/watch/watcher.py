"""What every watcher can hear, and how a broken promise is told."""

from typing import TYPE_CHECKING

from engine.commands import Command
from engine.events import Event
from engine.outcome import Outcome
from engine.state import State

if TYPE_CHECKING:
    from service.rehearsal.world import World


class Violation(Exception):
    """A promise was broken. `promise` names it as `I3`, `text` says how."""

    def __init__(self, promise: str, text: str) -> None:
        super().__init__(f"{promise}: {text}")
        self.promise = promise
        self.text = text


class Watcher:
    """Watches one family of promises; hears everything, acts on nothing."""

    def __init__(self, world: "World") -> None:
        self.world = world

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        """The guard stepped, and it is stored."""

    def asked(self, command: Command, state: State) -> None:
        """The guard hands a command over; `state` is what it believed."""

    def executing(self, command: Command) -> None:
        """The venue is about to carry a request out."""

    def accepted(self, command: Command, order_id: int) -> None:
        """The venue took it and made an order of it."""

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        """A fill changes a position at the venue, from signed size to signed size."""

    def requested(self, count: int) -> None:
        """So many requests leave for the venue."""

    def crashed(self) -> None:
        """The guard's process died."""

    def looked(self) -> None:
        """Something was done; time may have passed."""

    def calmed(self) -> None:
        """Trader and faults have stopped."""

    def converged(self) -> None:
        """The time within which everything must be as it should be is over."""

    def finished(self) -> None:
        """The world ends."""
