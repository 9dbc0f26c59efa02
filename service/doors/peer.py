"""Who is at the other end of a door, as the operating system tells it; nothing that the client says itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """`who` names the user (`uid 1000`, on Windows a SID), `pid` the process, 0 where it is not known.

    `is_admin`: root, an elevated administrator, or the very user who runs the daemon.
    """

    who: str
    pid: int = 0
    is_admin: bool = False


NOBODY = Peer("nobody")
"""Before anybody has knocked."""
