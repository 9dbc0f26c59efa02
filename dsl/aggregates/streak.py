"""streak: how many of the newest items in a row satisfy `where`."""

from typing import Any

from dsl.aggregates.count import Count
from engine.units import Instant


class Streak(Count):
    """A number. The value of an item is 1 if it satisfies `where`, else 0, which ends the row; scratches stay out."""

    def add(self, held: Any, value: int, at: Instant) -> Any:
        return super().add(held, value, at) if value else self.empty()
