"""min: the smallest."""

from operator import le

from dsl.aggregates.extreme import Extreme


class Minimum(Extreme):
    """The smallest in the value's unit; unknown for nothing."""

    def __init__(self, *, rolling: bool, sampled: bool = False) -> None:
        super().__init__(rolling=rolling, sampled=sampled, beats=le)
