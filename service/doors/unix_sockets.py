"""The doors on Linux and macOS: Unix sockets in a folder that only the daemon's user may write to."""

import os
import selectors
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

from service.doors.peer import Peer
from service.doors.places import reachable
from service.doors.transport import Gone, TooBig, TooSlow

assert sys.platform != "win32"

CHUNK = 16 * 1024


class SocketLine:
    """One connection, of either side."""

    def __init__(self, connection: socket.socket, peer: Peer) -> None:
        self.peer = peer
        self._connection = connection
        self._rest = b""

    def receive(self, size: int, seconds: float) -> bytes:
        """Return one message without its line end. Raises TooBig, TooSlow and Gone."""
        deadline = monotonic() + seconds
        heard = bytearray(self._rest)
        while (end := heard.find(b"\n")) < 0:
            if len(heard) > size:
                raise TooBig
            self._connection.settimeout(max(deadline - monotonic(), 0.001))
            try:
                part = self._connection.recv(CHUNK)
            except TimeoutError:
                raise TooSlow from None
            except OSError as error:
                raise Gone from error
            if not part:
                raise Gone
            heard += part
            if monotonic() > deadline:  # a byte at a time must not hold a place for ever
                raise TooSlow
        if end > size:
            raise TooBig
        self._rest = bytes(heard[end + 1 :])
        return bytes(heard[:end])

    def send(self, message: bytes, seconds: float) -> None:
        """Send one message with its line end. Raises TooSlow and Gone."""
        self._connection.settimeout(seconds)
        try:
            self._connection.sendall(message)
        except TimeoutError:
            raise TooSlow from None
        except OSError as error:
            raise Gone from error

    def close(self) -> None:
        with suppress(OSError):  # the other end may be gone already
            self._connection.close()


class SocketListener:
    """One socket. Whoever made it holds the lock of the home, so an older socket of that name is nobody's any more."""

    def __init__(self, path: Path, mode: int) -> None:
        """Bind and listen; `mode` is set before anybody can connect. Raises OSError."""
        self._path = path
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with reachable(path) as name:
                self._socket.bind(name)
            path.chmod(mode)
            self._socket.listen(16)
        except OSError:
            self._socket.close()
            raise
        self._wake, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._socket.setblocking(False)  # who knocked may be gone before we look

    def accept(self) -> SocketLine | None:
        """Wait for a client; None once `close` was called."""
        while True:
            ready = [key.fileobj for key, _ in self._selector.select()]
            if self._wake in ready:
                self._release()
                return None
            try:
                connection, _ = self._socket.accept()
            except (BlockingIOError, ConnectionError):
                continue
            try:
                return SocketLine(connection, peer_of(connection))
            except OSError:  # nobody is there any more to be asked for
                connection.close()

    def close(self) -> None:
        """Stop listening, take the socket away and wake `accept`."""
        self._path.unlink(missing_ok=True)
        with suppress(OSError):  # closed before
            self._waker.send(b"x")

    def _release(self) -> None:
        self._selector.close()
        for one in (self._socket, self._wake, self._waker):
            one.close()


def peer_of(connection: socket.socket) -> Peer:
    """Return who is at the other end, as the kernel noted when it connected. Raises OSError."""
    uid, pid = _credentials(connection)
    return Peer(f"uid {uid}", pid, uid in (0, our_user()))


def uid_of(connection: socket.socket) -> int:
    """Return the user at the other end. Raises OSError."""
    return _credentials(connection)[0]


def _credentials(connection: socket.socket) -> tuple[int, int]:
    """Return user and process, 0 for a process that the system does not tell. Raises OSError."""
    if sys.platform == "linux":
        raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        pid, uid, _ = struct.unpack("3i", raw)
        return uid, pid
    # macOS and the BSDs: LOCAL_PEERCRED of level 0 gives a `struct xucred`, which begins with its version and the user.
    raw = connection.getsockopt(0, 1, 76)
    _, uid = struct.unpack_from("=II", raw)
    return uid, 0


def our_user() -> int:
    """Return the user of this process."""
    return os.getuid()


def make_folder(folder: Path) -> None:
    """Make the folder of the sockets, closed for writing to all but us, and mend its mode. Raises OSError."""
    folder.mkdir(mode=0o755, exist_ok=True)
    if not folder.is_symlink() and folder.stat().st_uid == our_user():
        folder.chmod(0o755)
