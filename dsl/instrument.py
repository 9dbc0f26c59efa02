"""The tick of what a rule is looked at for: where prices become ticks and points become ticks."""

from engine.facts import Facts
from engine.units import PRICE_SCALE, SCALE, Price, Ticks, divide_half_even


def tick_size(f: Facts) -> Price | None:
    """Return the tick of the rule's contract, or of any month of its symbol; None while the venue lists none."""
    instruments = f.view.state.instruments
    own = instruments.get(f.view.subject.key)
    if own is not None:
        return own.tick_size
    root = f.symbol.name
    return next((each.tick_size for each in instruments.values() if each.root == root), None)


def as_ticks(f: Facts, distance: int | None) -> Ticks | None:
    """Return a distance between two prices in ticks, signed."""
    tick = tick_size(f)
    return None if distance is None or not tick else Ticks(divide_half_even(distance * SCALE, tick))


def points_as_ticks(f: Facts, points: int | None) -> Ticks | None:
    """Return points (millionths of a price of 1) in ticks."""
    return None if points is None else as_ticks(f, points * (PRICE_SCALE // SCALE))


def moved(f: Facts, price: Price | None, distance: Ticks | None) -> Price | None:
    """Return the price that is `distance` ticks higher (lower, if negative)."""
    tick = tick_size(f)
    if price is None or distance is None or not tick:
        return None
    return Price(price + divide_half_even(distance * tick, SCALE))
