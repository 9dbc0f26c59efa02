"""What is opened again and again under a lock is closed each time, but after the third time within a minute less hastily."""

from engine.enforcement import Enforcement, Quiet
from engine.units import MINUTE, SECOND, Instant
from engine.work import Work

AT_ONCE = 3
"""So many within a minute are closed without a pause."""

WAITS = (1 * SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND)
"""From one close to the next after that; the last is repeated. Source: `reliability.md` 3, I6."""


def space_out(work: Work, record: Enforcement) -> None:
    """After a re-entry was closed, let the next one in the same contracts wait if there were many lately."""
    if not record.is_reentry:
        return
    since = work.state.now - MINUTE
    for contract in record.targets:
        lately = [
            one
            for one in work.state.enforcements.values()
            if one.is_reentry and contract in one.targets and one.detected_at > since
        ]
        beyond = len(lately) - AT_ONCE
        if beyond >= 0:
            wait = WAITS[min(beyond, len(WAITS) - 1)]
            work.put("quiet", contract, Quiet(Instant(work.state.now + wait), 0))
