"""What the engine hears about the guard itself: its memory, and what its settings name."""

from dataclasses import dataclass

from engine.units import Instant


@dataclass(frozen=True, slots=True)
class StoreSeen:
    """What is decided cannot be kept any more, or can be again. Meanwhile no lock ends."""

    at: Instant
    is_failing: bool


@dataclass(frozen=True, slots=True)
class ContractsWatched:
    """The account's settings name these contracts: rules look at them before they are ever traded."""

    at: Instant
    account: int
    contracts: tuple[str, ...]
