"""The client's side of a socket: connects only where the guard itself must be listening."""

import sys

assert sys.platform != "win32"

import socket  # noqa: E402  not on Windows, like all below
from pathlib import Path  # noqa: E402

from service.doors.peer import Peer  # noqa: E402
from service.doors.places import reachable, socket_of, untrusted  # noqa: E402
from service.doors.unix_sockets import SocketLine, uid_of  # noqa: E402
from service.home import Home  # noqa: E402

CONNECT_SECONDS = 5.0


class Stranger(Exception):
    """Somebody else than the guard may be, or is, behind the door. The text says why."""


def connect(home: Home, door: str) -> SocketLine:
    """Return the connection to a door. Raises OSError, and Stranger before anything is sent."""
    path = socket_of(home.doors, door)
    path.lstat()
    owners = frozenset({0, _owner(home.root)})
    problem = untrusted(home.doors, owners)
    if problem is not None:
        raise Stranger(f"this may not be the guard: {problem}")
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(CONNECT_SECONDS)
        with reachable(path) as name:
            connection.connect(name)
        uid = uid_of(connection)
        if uid not in owners:
            raise Stranger(f"this is not the guard: user {uid} listens at {path}")
    except BaseException:
        connection.close()
        raise
    return SocketLine(connection, Peer(f"uid {uid}"))


def _owner(path: Path) -> int:
    return path.stat().st_uid
