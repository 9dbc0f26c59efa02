"""The small interface behind which sockets and named pipes are alike: a listener, and one client's line."""

from typing import Protocol

from service.doors.peer import Peer


class TooBig(Exception):
    """The message is longer than a door takes."""


class TooSlow(Exception):
    """The message was not complete in time."""


class Gone(Exception):
    """The other end closed or broke the connection."""


class Line(Protocol):
    """One client."""

    @property
    def peer(self) -> Peer:
        """Who it is."""

    def receive(self, size: int, seconds: float) -> bytes:
        """Return one message without its line end. Raises TooBig, TooSlow and Gone."""

    def send(self, message: bytes, seconds: float) -> None:
        """Send one message with its line end. Raises TooSlow and Gone."""

    def close(self) -> None:
        """Let go of it; harmless when it is closed."""


class Listener(Protocol):
    """Where clients knock."""

    def accept(self) -> Line | None:
        """Wait for a client; None once `close` was called."""

    def close(self) -> None:
        """Stop listening and wake `accept`."""
