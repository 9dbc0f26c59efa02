"""How much a door takes from whoever knocks. Source: `service-security-notes.md` 5."""

from dataclasses import dataclass
from enum import StrEnum

ASK = "risk.ask/1"
ANSWER = "risk.answer/1"
"""The schemas of a request and of an answer; another version is refused in words."""


class DoorName(StrEnum):
    """Who comes in where."""

    VIEW = "view"
    TRADER = "trader"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` of a request in bytes, `seconds` for it to arrive, `clients` at the same time, of whom `watchers` stay.

    `rest` is for how many seconds a served client still counts, which bounds how often a door can be knocked at.
    `rows` is how many requests a minute, and `rows_a_day` a day, have a row each in the audit trail; the rest of a
    flood is counted there. `per_minute` is how much the trader's door does in a minute.
    """

    size: int = 64 * 1024
    seconds: float = 5.0
    clients: int = 8
    watchers: int = 4
    rest: float = 0.05
    rows: int = 60
    rows_a_day: int = 3_000
    per_minute: int = 30
