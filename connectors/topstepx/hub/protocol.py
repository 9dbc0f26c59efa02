"""The hub's JSON protocol, tolerant: one bad record never ends a connection, and every frame is noticed."""

from collections.abc import Callable
from typing import Any, Protocol

from signalrcore.messages.base_message import BaseMessage
from signalrcore.messages.close_message import CloseMessage
from signalrcore.messages.completion_message import CompletionMessage
from signalrcore.messages.handshake.response import HandshakeResponseMessage
from signalrcore.messages.invocation_message import InvocationMessage
from signalrcore.messages.ping_message import PingMessage
from signalrcore.protocol.json_hub_protocol import JsonHubProtocol
from signalrcore.types import RECORD_SEPARATOR

from connectors.failures import Unreadable
from connectors.topstepx.decode.wire import read_json

_INVOCATION, _COMPLETION, _PING, _CLOSE = 1, 3, 6, 7
_UNUSED = {2, 4, 5, 8, 9}


class Watcher(Protocol):
    """Who wants to know what passes through the protocol. Called on the receive thread; must not raise."""

    def frame(self) -> None: ...
    def malformed(self, what: str) -> None: ...
    def refused(self, why: str) -> None: ...
    def take(self, record: str) -> bool:
        """Keep a record undecoded and say so, or leave it to be decoded here."""


class TolerantProtocol(JsonHubProtocol):
    """Version 1, which every server takes."""

    def __init__(self, watcher: Watcher, overheard: Callable[[str], None] | None = None) -> None:
        """`overheard` gets the text of every frame as it came."""
        super().__init__(version=1)
        self._watcher = watcher
        self._overheard = overheard or (lambda text: None)

    def decode_handshake(self, raw_message: str) -> tuple[HandshakeResponseMessage, list[BaseMessage]]:  # type: ignore[override]
        """Return the server's answer to the handshake and the records behind it; a no is reported."""
        self._watcher.frame()
        first, _, rest = raw_message.partition(RECORD_SEPARATOR)
        self._overheard(first)
        try:
            answer = read_json(first)
            error = answer.get("error") if isinstance(answer, dict) else "not an object"
        except Unreadable as unreadable:
            error = str(unreadable)
        if error:
            self._watcher.refused(f"the hub refused the handshake: {error}")
        return HandshakeResponseMessage(error), self.parse_messages(rest)  # type: ignore[no-untyped-call]

    def parse_messages(self, raw: str) -> list[BaseMessage]:
        """Return the records that can be read and that we know; the others are reported. Never raises."""
        self._watcher.frame()
        self._overheard(raw)
        messages = []
        for record in raw.split(RECORD_SEPARATOR):
            if not record.strip() or self._watcher.take(record):
                continue
            try:
                message = _message(read_json(record))
            except Unreadable as error:
                self._watcher.malformed(str(error))
                continue
            if message is not None:
                messages.append(message)
        return messages


def _message(record: Any) -> BaseMessage | None:
    """Return a record as the library wants it; None for kinds that are not used here. Raises Unreadable."""
    if not isinstance(record, dict):
        raise Unreadable("a hub record is not an object")
    kind = record.get("type")
    if kind == _INVOCATION:
        target, arguments = record.get("target"), record.get("arguments")
        if not isinstance(target, str) or not isinstance(arguments, list):
            raise Unreadable("a hub invocation has no target or no arguments")
        return InvocationMessage(None, target, arguments)  # type: ignore[no-untyped-call]
    if kind == _COMPLETION:
        name, error = str(record.get("invocationId")), record.get("error")
        return CompletionMessage(name, None, error and str(error))  # type: ignore[no-untyped-call]
    if kind == _PING:
        return PingMessage()  # type: ignore[no-untyped-call]
    if kind == _CLOSE:
        return CloseMessage(record.get("error"), record.get("allowReconnect"))  # type: ignore[no-untyped-call]
    if record and not (isinstance(kind, int) and kind in _UNUSED):
        raise Unreadable(f"a hub record of an unknown type: {kind!r}")
    return None
