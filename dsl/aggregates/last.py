"""last: the newest."""

from typing import Any

from engine.units import Instant


class Last:
    """The newest value in its unit; unknown for nothing. State: time and value. A sampled value never gets old."""

    def __init__(self, *, rolling: bool, sampled: bool = False) -> None:
        self.rolling, self.sampled = rolling, sampled

    def empty(self) -> Any:
        return ()

    def add(self, held: Any, value: int, at: Instant) -> Any:
        return (at, value)

    def forget(self, held: Any, until: Instant) -> Any:
        gone = self.rolling and not self.sampled and held and held[0] <= until
        return () if gone else held

    def oldest(self, held: Any) -> Instant | None:
        return held[0] if self.rolling and not self.sampled and held else None

    def result(self, held: Any) -> int | None:
        return int(held[1]) if held else None
