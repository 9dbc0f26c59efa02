"""avg: the mean."""

from typing import Any

from dsl.aggregates.count import Count
from dsl.aggregates.sum import Sum
from engine.units import SCALE, Instant, divide_half_even


class Average:
    """The mean in the value's unit, rounded half-even at a millionth; unknown for nothing. State: count and sum."""

    def __init__(self, *, rolling: bool) -> None:
        self.count, self.sum = Count(rolling=rolling), Sum(rolling=rolling)

    def empty(self) -> Any:
        return self.count.empty(), self.sum.empty()

    def add(self, held: Any, value: int, at: Instant) -> Any:
        return self.count.add(held[0], value, at), self.sum.add(held[1], value, at)

    def forget(self, held: Any, until: Instant) -> Any:
        return self.count.forget(held[0], until), self.sum.forget(held[1], until)

    def oldest(self, held: Any) -> Instant | None:
        return self.count.oldest(held[0])

    def result(self, held: Any) -> int | None:
        number, total = self.count.result(held[0]), self.sum.result(held[1])
        return divide_half_even(total * SCALE, number) if number and total is not None else None
