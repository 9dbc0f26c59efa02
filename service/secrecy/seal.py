"""What a seal can do."""

from typing import Protocol


class CannotOpen(Exception):
    """A sealed secret does not open here: it is damaged, or was sealed on another machine."""


class Seal(Protocol):
    """Makes bytes unreadable anywhere but on this machine."""

    def close(self, plain: bytes) -> bytes:
        """Return the sealed bytes. Raises OSError."""

    def open(self, closed: bytes) -> bytes:
        """Return what was sealed. Raises CannotOpen."""
