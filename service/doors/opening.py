"""Opening and closing the three doors of a daemon. Doors that cannot be opened are an alarm: the guard guards."""

import logging
import sys
from collections.abc import Mapping
from contextlib import suppress

from service.doors.door import Door
from service.doors.house import House
from service.doors.limits import DoorName, Limits
from service.doors.trail import Trail
from service.doors.transport import Listener
from service.doors.verb import Verb
from service.doors.verbs import ADMIN, TRADER, VIEW

LOG = logging.getLogger("risk.doors")

TABLES: Mapping[DoorName, Mapping[str, Verb]] = {
    DoorName.VIEW: VIEW,
    DoorName.TRADER: TRADER,
    DoorName.ADMIN: ADMIN,
}

MODES = {DoorName.VIEW: 0o666, DoorName.TRADER: 0o666, DoorName.ADMIN: 0o600}
"""Who may connect to a Unix socket: everybody, everybody, and the daemon's own user (root always may)."""


class DoorsUnusable(Exception):
    """The place of the doors is not safe or cannot be used. The text is one sentence with what to do."""


class Doors:
    """Made with the daemon, opened when it runs, closed first when it stops."""

    def __init__(self, house: House, limits: Limits | None = None) -> None:
        self._house = house
        self._limits = limits or Limits()
        self._trails = {
            name: Trail(name.value, self._limits.rows, self._limits.rows_a_day)
            for name in (DoorName.TRADER, DoorName.ADMIN)
        }
        self._open: list[Door] = []

    def open(self) -> None:
        """Open all three, or raise an alarm that says why not."""
        try:
            listeners = self._listeners()
        except (DoorsUnusable, OSError) as error:
            text = f"nobody can talk to the guard ({error}); it guards, and `risk status` shows the file"
            self._house.alarms.raise_("doors", text)
            return
        for name, listener in listeners.items():
            trail = self._trails.get(name)
            door = Door(name, listener, TABLES[name], self._house, trail, self._limits)
            self._open.append(door)
            door.start()
        self._house.alarms.clear("doors")

    def close(self) -> None:
        """Take no new request."""
        for door in self._open:
            door.stop()
        self._open.clear()

    def bring_back(self) -> None:
        """Bring back locks that were lifted for a while; called by the engine thread at each heartbeat."""
        self._house.grants.bring_back(self._house.clock.now(), self._house.handle)

    def look(self) -> None:
        """Look at a password that waits, write down what is left of floods. Called like `bring_back`."""
        self._house.reset.look()
        for trail in self._trails.values():
            trail.look(self._house.store, self._house.clock)

    def _listeners(self) -> dict[DoorName, Listener]:
        """Return what to listen at. Raises DoorsUnusable and OSError; then nothing is left open."""
        made: dict[DoorName, Listener] = {}
        try:
            for name in DoorName:
                made[name] = _listener(self._house, name)
        except BaseException:
            for listener in made.values():
                with suppress(OSError):
                    listener.close()
            raise
        return made


if sys.platform == "win32":
    from service.doors.named_pipes import PipeListener

    def _listener(house: House, name: DoorName) -> Listener:
        """Return the listener at a named pipe. Raises OSError."""
        return PipeListener(house.home.root, name)

else:
    from service.doors.places import socket_of, untrusted
    from service.doors.unix_sockets import SocketListener, make_folder, our_user

    def _listener(house: House, name: DoorName) -> Listener:
        """Return the listener at a Unix socket. Raises DoorsUnusable and OSError."""
        folder = house.home.doors
        make_folder(folder)
        problem = untrusted(folder, frozenset({our_user()}))
        if problem is not None:
            raise DoorsUnusable(f"{problem}: remove it, the guard makes its own")
        return SocketListener(socket_of(folder, name), MODES[name])
