"""In which fields two states differ, for the report of a broken promise."""

from engine.state import State


def difference(kept: State, found: State) -> str:
    """Return each field that differs, as kept and as found; cut to what a person reads."""
    names = [name for name in State.__dataclass_fields__ if getattr(kept, name) != getattr(found, name)]
    return ", ".join(f"{name} {getattr(kept, name)!r} / {getattr(found, name)!r}" for name in names)[:600]
