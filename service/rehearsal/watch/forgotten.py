"""Requests that nobody can know of: asked for while the disk took nothing, by a process that died then."""

from collections import defaultdict

RACE = "a process died and its request was nowhere written down"


class Forgotten:
    """Tells which requests the next process cannot know of, and what became of them.

    `unkept` were asked for while the disk took nothing; `lost` are those of them whose process died. `changes`: which
    change of a position each lost request brought about; `done` what one did whose process still lives.
    """

    def __init__(self) -> None:
        self.unkept: set[str] = set()
        self.lost: set[str] = set()
        self.changes: dict[str, list[int]] = defaultdict(list)
        self.done: list[tuple[str, int]] = []

    def asked(self, command: str, *, is_kept: bool) -> None:
        """Note a request, and whether the disk took it."""
        self.lost.discard(command)
        if not is_kept:
            self.unkept.add(command)

    def written(self) -> None:
        """Take what waited for the disk as written down."""
        self.unkept.clear()
        self.done.clear()

    def crashed(self) -> None:
        """Note that the process died with all it had not written down."""
        self.lost |= self.unkept
        for contract, change in self.done:
            self.changes[contract].append(change)
        self.done.clear()

    def filled(self, command: str, contract: str, change: int) -> None:
        """Note which change of a position a request brought about, if nobody knows of it."""
        if command in self.lost:
            self.changes[contract].append(change)
        elif command in self.unkept:
            self.done.append((contract, change))

    def is_concerned(self, command: str, contract: str, seen: int) -> bool:
        """Say whether a request is such a one, or met one that its asker, who had seen `seen` changes, knew nothing of."""
        return command in self.lost or max(self.changes[contract], default=0) > seen
