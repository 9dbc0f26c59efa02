"""The doors on Windows: a named pipe each, and the client's side of one."""

import sys

assert sys.platform == "win32"

from contextlib import suppress  # noqa: E402  Windows only, like all below
from pathlib import Path  # noqa: E402
from time import monotonic  # noqa: E402

import pywintypes  # noqa: E402
import win32event  # noqa: E402
import win32file  # noqa: E402
import win32pipe  # noqa: E402
import win32security  # noqa: E402
import winerror  # noqa: E402

from service.doors.limits import DoorName  # noqa: E402
from service.doors.peer import Peer  # noqa: E402
from service.doors.pipe_line import PipeLine  # noqa: E402
from service.doors.pipe_names import FOR_USERS, Pipe, descriptor, pipe_name  # noqa: E402
from service.doors.transport import Gone  # noqa: E402
from service.doors.windows_users import ADMINISTRATORS, SYSTEM, is_elevated, own_sid, owner_of, peer_of  # noqa: E402

FIRST = 0x80000  # FILE_FLAG_FIRST_PIPE_INSTANCE: if somebody else has the name already, we fail and say so
REJECT_REMOTE = 0x8  # PIPE_REJECT_REMOTE_CLIENTS
IDENTIFY_ONLY = (
    0x110000  # SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION: the server may ask who we are, no more
)
BUFFER = 64 * 1024


class PipeListener:
    """One door's pipe. There is always one free instance, so that nobody finds no door."""

    def __init__(self, home: Path, door: DoorName) -> None:
        """Make the pipe. Raises OSError, also when the name is taken."""
        elevated = is_elevated()
        self._name = pipe_name(home, door, is_protected=elevated and door is DoorName.ADMIN)
        self._attributes = pywintypes.SECURITY_ATTRIBUTES()
        self._attributes.SECURITY_DESCRIPTOR = (
            win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(
                descriptor(door, is_elevated=elevated, own=own_sid()), win32security.SDDL_REVISION_1
            )
        )
        self._stop = win32event.CreateEvent(None, True, False, None)
        self._next = self._made(FIRST)

    def accept(self) -> PipeLine | None:
        """Wait for a client; None once `close` was called."""
        while True:
            waiting = pywintypes.OVERLAPPED()
            waiting.hEvent = win32event.CreateEvent(None, True, False, None)
            try:
                code = win32pipe.ConnectNamedPipe(self._next, waiting)
            except pywintypes.error as error:
                if error.winerror != winerror.ERROR_NO_DATA:  # that one came and went before we looked
                    raise OSError(error.winerror, error.strerror) from error
                self._next = self._renewed()
                continue
            if code != winerror.ERROR_PIPE_CONNECTED:
                ended = win32event.WaitForMultipleObjects(
                    [self._stop, waiting.hEvent], False, win32event.INFINITE
                )
                if ended == win32event.WAIT_OBJECT_0:
                    with suppress(pywintypes.error):
                        win32file.CancelIo(self._next)
                    win32file.CloseHandle(self._next)
                    return None
            pipe, self._next = self._next, self._made(0)
            return PipeLine(pipe, peer_of, is_server=True)

    def close(self) -> None:
        """Stop listening and wake `accept`."""
        win32event.SetEvent(self._stop)

    def _renewed(self) -> Pipe:
        fresh = self._made(0)
        win32file.CloseHandle(self._next)
        return fresh

    def _made(self, first: int) -> Pipe:
        try:
            return win32pipe.CreateNamedPipe(
                self._name,
                win32pipe.PIPE_ACCESS_DUPLEX | win32file.FILE_FLAG_OVERLAPPED | first,
                win32pipe.PIPE_TYPE_BYTE | win32pipe.PIPE_READMODE_BYTE | win32pipe.PIPE_WAIT | REJECT_REMOTE,
                win32pipe.PIPE_UNLIMITED_INSTANCES,
                BUFFER,
                BUFFER,
                0,
                self._attributes,
            )
        except pywintypes.error as error:
            raise OSError(error.winerror, f"{self._name}: {error.strerror}") from error


def connect(home: Path, door: str, seconds: float) -> PipeLine:
    """Return the connection to a door of a running guard. Raises OSError, and Gone where a stranger sits there."""
    elevated = is_elevated()
    names = [pipe_name(home, door, is_protected=False)]
    if elevated and door == DoorName.ADMIN:
        names.insert(0, pipe_name(home, door, is_protected=True))
    for name in names:
        pipe = _opened(name, seconds)
        if pipe is not None:
            if owner_of(pipe) not in (ADMINISTRATORS, SYSTEM, own_sid()):
                win32file.CloseHandle(pipe)
                raise Gone(f"this is not the guard: somebody else made {name}")
            return PipeLine(pipe, lambda _: Peer("the guard"), is_server=False)
    raise FileNotFoundError(winerror.ERROR_FILE_NOT_FOUND, "there is no such pipe", names[0])


def _opened(name: str, seconds: float) -> Pipe | None:
    """Return the client's end, None where there is no such pipe. Raises OSError."""
    deadline = monotonic() + seconds
    while True:
        try:
            return win32file.CreateFile(
                name,
                FOR_USERS,
                0,
                None,
                win32file.OPEN_EXISTING,
                win32file.FILE_FLAG_OVERLAPPED | IDENTIFY_ONLY,
                None,
            )
        except pywintypes.error as error:
            if error.winerror == winerror.ERROR_FILE_NOT_FOUND:
                return None
            if error.winerror != winerror.ERROR_PIPE_BUSY or monotonic() > deadline:
                raise OSError(None, error.strerror, None, error.winerror) from error
        with suppress(pywintypes.error):  # a free place, or not: we look again
            win32pipe.WaitNamedPipe(name, 500)
