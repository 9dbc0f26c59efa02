"""What one contract is worth, and what people call it."""

from dataclasses import dataclass

from engine.units import SCALE, Money, Price, Ticks, divide_half_even


@dataclass(frozen=True, slots=True)
class Instrument:
    """A contract one can trade. `tick_value` is money per tick and contract.

    `contract` is the venue's id (`CON.F.US.EP.Z26`), `root` the name traders use (`ES`), `name` root and
    month (`ESZ6`), `product` the venue's own root (`EP`).
    """

    contract: str
    root: str
    name: str
    product: str
    tick_size: Price
    tick_value: Money


def ticks_between(instrument: Instrument, start: Price, end: Price) -> Ticks:
    """Return the distance from `start` up to `end` in ticks; negative when `end` is lower."""
    return Ticks(divide_half_even((end - start) * SCALE, instrument.tick_size))


def money_for(instrument: Instrument, ticks: Ticks, size: int) -> Money:
    """Return what `size` contracts (signed: short is negative) earn when the price rises by `ticks`."""
    return Money(divide_half_even(instrument.tick_value * ticks * size, SCALE))
