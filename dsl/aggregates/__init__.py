"""The aggregates of the rule language. A new one is a file in this folder, one import and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from dsl.aggregates.avg import Average
from dsl.aggregates.count import Count
from dsl.aggregates.drawdown import Drawdown
from dsl.aggregates.last import Last
from dsl.aggregates.max import Maximum
from dsl.aggregates.min import Minimum
from dsl.aggregates.streak import Streak
from dsl.aggregates.sum import Sum
from dsl.kinds import MONEY, NUMBER, Kind
from engine.windows import Accumulator


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What the checker must know. `make` builds it for a stream, `sample` for a field that changes (or not at all).

    `gives`: its kind, None for that of the value. `counts_items`: it takes a stream alone, without `… of`.
    `takes`: the only kind of value it is for, None for any amount.
    """

    make: Callable[[bool], Accumulator]
    sample: Callable[[bool], Accumulator] | None = None
    gives: Kind | None = None
    counts_items: bool = False
    takes: Kind | None = None
    summary: str = ""


AGGREGATES: dict[str, Aggregate] = {
    "count": Aggregate(
        lambda rolling: Count(rolling=rolling), gives=NUMBER, counts_items=True, summary="how many items"
    ),
    "sum": Aggregate(lambda rolling: Sum(rolling=rolling), summary="all values added up"),
    "min": Aggregate(
        lambda rolling: Minimum(rolling=rolling),
        lambda rolling: Minimum(rolling=rolling, sampled=True),
        summary="the smallest value",
    ),
    "max": Aggregate(
        lambda rolling: Maximum(rolling=rolling),
        lambda rolling: Maximum(rolling=rolling, sampled=True),
        summary="the largest value",
    ),
    "avg": Aggregate(lambda rolling: Average(rolling=rolling), summary="the mean value"),
    "last": Aggregate(
        lambda rolling: Last(rolling=rolling),
        lambda rolling: Last(rolling=rolling, sampled=True),
        summary="the newest value",
    ),
    "streak": Aggregate(
        lambda rolling: Streak(rolling=rolling),
        gives=NUMBER,
        counts_items=True,
        summary="how many of the newest items in a row satisfy `where`",
    ),
    "drawdown": Aggregate(
        lambda rolling: Drawdown(rolling=rolling),
        lambda rolling: Drawdown(rolling=rolling, sampled=True),
        takes=MONEY,
        summary="the deepest fall from a peak",
    ),
}
