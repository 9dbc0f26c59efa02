"""Overhearing a client: every answer and every frame as it came, before anybody has read it."""

from typing import Protocol

from connectors.topstepx.rest.transport import Reply
from engine.events import Link


class Tap(Protocol):
    """Called on the threads of the client, so it must be quick and must not raise. What it gets holds secrets."""

    def answered(self, path: str, asked: str, reply: Reply) -> None:
        """Take note of one answer by REST; `asked` is the body of the request."""

    def frame(self, link: Link, text: str) -> None:
        """Take note of what one WebSocket message of a hub said, malformed or not."""
