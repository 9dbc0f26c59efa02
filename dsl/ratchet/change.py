"""One change of what guards an account, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a change is. UNKNOWN could not be proved to be stricter, and so counts as looser."""

    STRICTER = "stricter"
    LOOSER = "looser"
    UNKNOWN = "unknown"
    NEUTRAL = "neutral"

    @property
    def waits(self) -> bool:
        """Whether it must wait for the next session."""
        return self in (Verdict.LOOSER, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Change:
    """`what` names it as people would look for it: `daily_loss.limit`, `mode of the account`.

    `old` and `new` are its values on one line, empty where there is none; `why` a half sentence for what is not
    plain from them. `in_force`: taken over at once; else it waits.
    """

    what: str
    old: str
    new: str
    verdict: Verdict
    why: str = ""

    @property
    def text(self) -> str:
        """The change in one line, without its verdict."""
        if not self.old and not self.new:
            return self.what
        if not self.old:
            return f"{self.what}: new, {self.new}"
        return (
            f"{self.what}: {self.old}, no longer there"
            if not self.new
            else f"{self.what}: {self.old} -> {self.new}"
        )
