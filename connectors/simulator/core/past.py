"""Minute bars from before the world started, so that a client that asks for history gets some."""

import random

from connectors.simulator.core.bars import Bar
from connectors.simulator.core.catalogue import Contract
from connectors.simulator.core.instants import MINUTE, Instant

MINUTES = 600


def minutes_before(contract: Contract, price: int, start: Instant, rng: random.Random) -> list[Bar]:
    """Return ten hours of minute bars, oldest first, whose last close is `price` (in ticks)."""
    bars = []
    close = price
    for number in range(1, MINUTES + 1):
        opened = max(close + rng.randint(-6, 6), 8)
        high = max(opened, close) + rng.randint(0, 4)
        low = min(opened, close) - rng.randint(0, 4)
        at = start // MINUTE * MINUTE - number * MINUTE
        price_of = contract.price
        bars.append(
            Bar(at, price_of(opened), price_of(high), price_of(low), price_of(close), rng.randint(50, 2000))
        )
        close = opened
    return bars[::-1]
