"""What a rule is being looked at for: the account, a symbol, a contract, or one closed trade."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class SubjectKind(StrEnum):
    """The same words as a rule's scope."""

    ACCOUNT = "account"
    SYMBOL = "symbol"
    POSITION = "position"
    TRADE = "trade"


@dataclass(frozen=True, slots=True)
class Subject:
    """`key` is empty for the account, a root for a symbol, a contract's id for a position or a trade."""

    kind: SubjectKind
    key: str = ""


THE_ACCOUNT = Subject(SubjectKind.ACCOUNT)


@lru_cache(maxsize=4096)
def subject(kind: SubjectKind, key: str) -> Subject:
    """Return the subject, the same object each time: every rule asks for it at every event."""
    return Subject(kind, key)
