"""The tick of what a rule is looked at for: where prices become ticks and points become ticks."""

from engine.facts import Facts
from engine.units import PRICE_SCALE, SCALE, Price, Ticks, divide_half_even


def as_ticks(f: Facts, distance: int | None) -> Ticks | None:
    """Return a distance between two prices in ticks, signed."""
    tick = f.symbol.tick_size
    return None if distance is None or not tick else Ticks(divide_half_even(distance * SCALE, tick))


def points_as_ticks(f: Facts, points: int | None) -> Ticks | None:
    """Return points (millionths of a price of 1) in ticks."""
    return None if points is None else as_ticks(f, points * (PRICE_SCALE // SCALE))


def moved(f: Facts, price: Price | None, distance: Ticks | None) -> Price | None:
    """Return the price that is `distance` ticks higher (lower, if negative)."""
    tick = f.symbol.tick_size
    if price is None or distance is None or not tick:
        return None
    return Price(price + divide_half_even(distance * tick, SCALE))
