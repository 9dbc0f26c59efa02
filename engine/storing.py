"""The one thing that the engine hears about its own memory."""

from dataclasses import dataclass

from engine.units import Instant


@dataclass(frozen=True, slots=True)
class StoreSeen:
    """What is decided cannot be kept any more, or can be again. Meanwhile no lock ends."""

    at: Instant
    is_failing: bool
