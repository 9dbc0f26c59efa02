"""The seal of Windows (DPAPI) for this machine, with a part of its own in the closed folder of secrets.

The access list of the folder is what protects; the seal makes a copied disk or file useless without this machine.
"""

import sys

assert sys.platform == "win32"

import os  # noqa: E402
from pathlib import Path  # noqa: E402

import pywintypes  # noqa: E402
import win32crypt  # noqa: E402

from service.secrecy.seal import CannotOpen  # noqa: E402

FLAGS = 0x4 | 0x1  # CRYPTPROTECT_LOCAL_MACHINE: for the service, whoever wrote it; CRYPTPROTECT_UI_FORBIDDEN
LENGTH = 32


class MachineSeal:
    """`entropy` is the file with the part of our own; it is made when something is sealed for the first time."""

    def __init__(self, entropy: Path) -> None:
        self._entropy = entropy

    def close(self, plain: bytes) -> bytes:
        """Return the sealed bytes. Raises OSError."""
        try:
            return bytes(win32crypt.CryptProtectData(plain, "risk", self._own_part(), None, None, FLAGS))
        except pywintypes.error as error:
            raise OSError(
                None, f"Windows does not seal it: {error.strerror}", None, error.winerror
            ) from error

    def open(self, closed: bytes) -> bytes:
        """Return what was sealed. Raises CannotOpen."""
        try:
            _, plain = win32crypt.CryptUnprotectData(closed, self._entropy.read_bytes(), None, None, FLAGS)
        except (pywintypes.error, OSError) as error:
            raise CannotOpen(f"it was sealed on another machine, or is damaged ({error})") from error
        return bytes(plain)

    def _own_part(self) -> bytes:
        """Return our own part, made if need be. Raises OSError."""
        try:
            return self._entropy.read_bytes()
        except FileNotFoundError:
            with self._entropy.open("xb") as file:
                file.write(os.urandom(LENGTH))
                file.flush()
                os.fsync(file.fileno())
            return self._entropy.read_bytes()
