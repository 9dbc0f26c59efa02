"""max: the largest."""

from operator import ge

from dsl.aggregates.extreme import Extreme


class Maximum(Extreme):
    """The largest in the value's unit; unknown for nothing."""

    def __init__(self, *, rolling: bool, sampled: bool = False) -> None:
        super().__init__(rolling=rolling, sampled=sampled, beats=ge)
