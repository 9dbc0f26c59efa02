"""One thing that was looked at, and what was seen."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a step ended. UNKNOWN: it cannot be told, and why is in the text; it is neither good nor bad."""

    PASS = "pass"  # noqa: S105  not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Trouble(StrEnum):
    """What kind of failure it is, which decides how a command ends."""

    NONE = ""
    CONFIGURATION = "configuration"
    AUTHENTICATION = "authentication"
    UNREACHABLE = "unreachable"
    DAMAGED = "damaged"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """`text` says what was seen, `fix` what to do about a failure; both are for people and hold no secret."""

    name: str
    verdict: Verdict
    text: str
    fix: str = ""
    trouble: Trouble = Trouble.NONE


def passed(name: str, text: str) -> Step:
    """Return a step that was good."""
    return Step(name, Verdict.PASS, text)


def failed(name: str, text: str, fix: str, trouble: Trouble = Trouble.OTHER) -> Step:
    """Return a step that was not."""
    return Step(name, Verdict.FAIL, text, fix, trouble)


def unknown(name: str, text: str, fix: str = "") -> Step:
    """Return a step about which nothing can be said."""
    return Step(name, Verdict.UNKNOWN, text, fix)
