"""What waits, in the status document and in the answers of the doors."""

from typing import Any

from dsl.ratchet.change import Change
from engine.schedule import Calendar
from engine.units import Instant
from service.iso import iso
from service.waiting import Waiting


def waiting_part(waiting: Waiting | None, calendar: Calendar, now: Instant) -> dict[str, Any] | None:
    """Return the changes to come and when they come; None for nothing."""
    if waiting is None:
        return None
    return {
        "asked_at": iso(waiting.asked_at),
        "due": iso(waiting.due),
        "from": calendar.say(waiting.due, now),
        "digest": waiting.digest,
        "changes": [change_row(change) for change in waiting.changes],
    }


def change_row(change: Change) -> dict[str, Any]:
    """Return one change with its verdict; `text` says it in one line."""
    return {
        "what": change.what,
        "old": change.old,
        "new": change.new,
        "verdict": change.verdict.value,
        "why": change.why,
        "text": change.text,
    }
