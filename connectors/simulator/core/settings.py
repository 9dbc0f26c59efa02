"""How this venue behaves where real venues differ or nobody knows: every switch, with its default."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Settings:
    """Delays are (shortest, longest) in milliseconds of venue time."""

    market_step_ms: int = 250
    fill_delay_ms: tuple[int, int] = (3, 8)
    leg_delay_ms: tuple[int, int] = (18, 26)
    sibling_delay_ms: tuple[int, int] = (11, 14)
    cancel_delay_ms: tuple[int, int] = (1, 3)
    enforce_hours: bool = True
    flatten_at_1510: bool = True
    holidays: frozenset[date] = field(default_factory=frozenset)
    flip_rows: int = 2
    """A flip is reported as 1 trade (closing and opening in one) or 2 (with a size-0 position between)."""
    cancel_legs_when_flat: bool = False
    """The venue itself cancels what is left of a contract once flat. False is what was measured."""
    cancel_children_with_entry: bool = True
    announce_voids: bool = False
    """Whether a voided trade is sent on the hub; nobody knows, so clients must also ask again."""


def change(settings: Settings, name: str, value: Any) -> None:
    """Set one switch from what a file or the control door says. Raises ValueError if it does not fit."""
    default = getattr(Settings(), name)
    if isinstance(default, frozenset):
        value = frozenset(date.fromisoformat(str(day)) for day in value)
    elif isinstance(default, tuple):
        low, high = value
        value = (int(low), int(high))
    elif type(value) is not type(default):
        raise ValueError(f"{name}: {value!r} does not fit, the default is {default!r}")
    setattr(settings, name, value)
