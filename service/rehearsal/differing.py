"""In which fields two states differ, for the report of a broken promise, and what a step nobody heard of did."""

from collections.abc import Mapping

from engine.events import Event
from engine.locks import Lock
from engine.own_events import StoreSeen
from engine.rule import RuleSet
from engine.state import State
from engine.step import step
from service.rehearsal.furniture import Furniture


def difference(kept: State, found: State) -> str:
    """Return each field that differs, as kept and as found; cut to what a person reads."""
    names = [name for name in State.__dataclass_fields__ if getattr(kept, name) != getattr(found, name)]
    return ", ".join(f"{name} {getattr(kept, name)!r} / {getattr(found, name)!r}" for name in names)[:600]


def told_to_itself(inside: Furniture, heard_until: int) -> Event | None:
    """Return what the loop told its own engine in a step that nobody heard of: how the store is (`loop.py`)."""
    if inside.store.seq == heard_until:
        return None
    return StoreSeen(inside.clock.now(), inside.alarms.has("store_failed"))


def unended(locks: Mapping[str, Lock], before: State, event: Event, rules: RuleSet) -> Mapping[str, Lock]:
    """Return the locks without those that a step ended in which the guard died: it may have reached the disk unheard."""
    left = step(before, event, rules)[0].locks
    return {name: lock for name, lock in locks.items() if name in left}
