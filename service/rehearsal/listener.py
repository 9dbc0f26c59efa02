"""What can be heard of a world, and how a broken promise is told."""

import sqlite3

from engine.commands import Command
from engine.events import Event
from engine.outcome import Outcome
from engine.state import State


class Violation(Exception):
    """A promise was broken. `promise` names it as `I3`, `text` says how."""

    def __init__(self, promise: str, text: str) -> None:
        super().__init__(f"{promise}: {text}")
        self.promise = promise
        self.text = text


class Listener:
    """Hears everything that happens in a world and acts on nothing, unless a subclass says otherwise."""

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        """Hear that the guard stepped, and that it is stored."""

    def asked(self, command: Command, state: State) -> None:
        """Hear that the guard hands a command over; `state` is what it believed."""

    def executing(self, command: Command) -> None:
        """Hear that the venue is about to carry a request out."""

    def accepted(self, command: Command, order_id: int) -> None:
        """Hear that the venue took it and made an order of it."""

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        """Hear that a fill changes a position at the venue, from signed size to signed size; no command: not ours."""

    def requested(self, count: int) -> None:
        """Hear that so many requests leave for the venue."""

    def opened(self, store: sqlite3.Connection) -> None:
        """Hear that the guard found its store at a start."""

    def crashed(self) -> None:
        """Hear that the guard's process died."""

    def stood_still(self, length: int) -> None:
        """Hear that the guard does nothing for a while (microseconds)."""

    def looked(self) -> None:
        """Hear that something was done; time may have passed."""

    def converged(self) -> None:
        """Hear that the time is over within which everything must be as it should be."""

    def finished(self) -> None:
        """Hear that the world ends."""
