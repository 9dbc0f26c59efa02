"""How `run` ends: the exit codes of `conventions.md` that the daemon uses."""

from enum import IntEnum


class Exit(IntEnum):
    """Stable numbers: scripts and service managers rely on them."""

    DONE = 0
    UNUSABLE = 3  # settings, rules or files cannot be read or are unsafe
    REFUSED = 4  # the venue does not let the login in
    UNREACHABLE = 6  # the gateway does not answer, or limits the rate
    DAMAGED = 7  # the store is damaged
    SECOND = 8  # another daemon has this home
    INTERRUPTED = 130
    TERMINATED = 143


class CannotStart(Exception):
    """The daemon ends before it guards anything. The text says what to do; no lock is lost by it."""

    def __init__(self, code: Exit, text: str) -> None:
        super().__init__(text)
        self.code = code
