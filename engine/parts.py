"""A timer for each part that was added to a position (`for_each: scale_in`), so that adding is no way around a timer."""

from engine.facts import Facts
from engine.held import Part
from engine.rule import Tier
from engine.state import State
from engine.units import Instant, whole
from engine.work import Work


def note_parts(work: Work, tier: Tier, facts: Facts, key: str, *, is_true: bool) -> None:
    """Bring the parts in step with what is uncovered now.

    New contracts get a timer of their own. Contracts that were closed take the oldest timers with them. When some
    are covered the newest timers go: nobody can tell which contract a stop protects, and the stricter reading is
    the safe one.
    """
    uncovered = facts.position.uncovered
    length = tier.hold(facts) if tier.hold else 0
    if uncovered is None or length is None:
        return
    parts = list(work.state.parts.get(key, ())) if is_true else []
    wanted = whole(uncovered) if is_true else 0
    known = sum(part.size for part in parts)
    contract = facts.view.subject.key
    closed = max(abs(work.before.size(contract)) - abs(work.state.size(contract)), 0)
    parts = _without(parts, min(closed, max(known - wanted, 0)))
    known = sum(part.size for part in parts)
    if wanted > known:
        parts.append(Part(Instant(work.state.now + length), wanted - known))
    parts = _without(parts[::-1], known - wanted)[::-1]
    work.put("parts", key, tuple(parts) or None)


def _without(parts: list[Part], size: int) -> list[Part]:
    """Return the parts less `size` contracts, taken from the front."""
    kept = []
    for part in parts:
        gone = min(part.size, max(size, 0))
        size -= gone
        if part.size > gone:
            kept.append(Part(part.due, part.size - gone))
    return kept


def next_due(state: State, key: str) -> Instant | None:
    """Return when the first part's time is up; None without parts."""
    return min((part.due for part in state.parts.get(key, ())), default=None)


def later_dues(state: State, key: str) -> list[Instant]:
    """Return the ends of timers still running."""
    return [part.due for part in state.parts.get(key, ()) if part.due > state.now]
