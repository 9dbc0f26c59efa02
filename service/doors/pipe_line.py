"""One end of a named pipe, with time limits: every reading and writing is overlapped and waited for."""

import sys

assert sys.platform == "win32"

from collections.abc import Callable  # noqa: E402  Windows only, like all below
from contextlib import suppress  # noqa: E402
from time import monotonic  # noqa: E402
from typing import Any  # noqa: E402

import pywintypes  # noqa: E402
import win32event  # noqa: E402
import win32file  # noqa: E402
import winerror  # noqa: E402

from service.doors.peer import Peer  # noqa: E402
from service.doors.pipe_names import Pipe  # noqa: E402
from service.doors.transport import Gone, TooBig, TooSlow  # noqa: E402

CHUNK = 16 * 1024
GOODBYE = 1.0
"""Seconds in which a client may read its answer before the pipe is taken away."""


class PipeLine:
    """A connection. `who` is asked after the first message was read: before it Windows tells nobody."""

    def __init__(
        self,
        pipe: Pipe,
        who: Callable[[Pipe], Peer],
        *,
        is_server: bool,
    ) -> None:
        self._pipe = pipe
        self._who = who
        self._is_server = is_server
        self._rest = b""
        self._peer: Peer | None = None

    @property
    def peer(self) -> Peer:
        """Who it is; the answer of the first time holds."""
        if self._peer is None:
            self._peer = self._who(self._pipe)
        return self._peer

    def receive(self, size: int, seconds: float) -> bytes:
        """Return one message without its line end. Raises TooBig, TooSlow and Gone."""
        deadline = monotonic() + seconds
        heard = bytearray(self._rest)
        while (end := heard.find(b"\n")) < 0:
            if len(heard) > size:
                raise TooBig
            part = self._read(deadline - monotonic())
            if not part:
                raise Gone
            heard += part
            if monotonic() > deadline:
                raise TooSlow
        if end > size:
            raise TooBig
        self._rest = bytes(heard[end + 1 :])
        return bytes(heard[:end])

    def send(self, message: bytes, seconds: float) -> None:
        """Send one message with its line end. Raises TooSlow and Gone."""
        deadline = monotonic() + seconds
        sent = 0
        while sent < len(message):
            waiting = _overlapped()
            try:
                win32file.WriteFile(self._pipe, message[sent : sent + CHUNK], waiting)
                sent += self._wait(waiting, deadline - monotonic())
            except pywintypes.error as error:
                raise Gone from error

    def close(self) -> None:
        """Let the client read what was sent, then let go."""
        if self._is_server:
            with suppress(Gone, TooSlow):
                self._read(GOODBYE)  # ends when the client closes its side
        with suppress(pywintypes.error):
            win32file.CloseHandle(self._pipe)

    def _read(self, seconds: float) -> bytes:
        waiting, room = _overlapped(), win32file.AllocateReadBuffer(CHUNK)
        try:
            win32file.ReadFile(self._pipe, room, waiting)
            return bytes(room[: self._wait(waiting, seconds)])
        except pywintypes.error as error:
            if error.winerror in (winerror.ERROR_BROKEN_PIPE, winerror.ERROR_HANDLE_EOF):
                return b""
            raise Gone from error

    def _wait(self, waiting: Any, seconds: float) -> int:
        """Return how many bytes went through. Raises TooSlow, and pywintypes.error."""
        ended = win32event.WaitForSingleObject(waiting.hEvent, max(int(seconds * 1000), 1))
        if ended == win32event.WAIT_OBJECT_0:
            return int(win32file.GetOverlappedResult(self._pipe, waiting, False))
        win32file.CancelIo(self._pipe)
        with suppress(
            pywintypes.error
        ):  # it was cancelled, which is what we wait for: the buffer must not be used on
            win32file.GetOverlappedResult(self._pipe, waiting, True)
        raise TooSlow


def _overlapped() -> Any:
    waiting = pywintypes.OVERLAPPED()
    waiting.hEvent = win32event.CreateEvent(None, True, False, None)
    return waiting
