"""The price of one contract: a seeded walk in whole ticks with trend phases, gaps and a spread."""

import random
from dataclasses import dataclass, field

from connectors.simulator.core.bars import Bars
from connectors.simulator.core.catalogue import Contract
from connectors.simulator.core.happenings import MarketTraded, Quote, QuoteChanged
from connectors.simulator.core.instants import Instant
from connectors.simulator.core.kinds import Side

THOUSAND = 1000
SPREADS = (1, 1, 1, 1, 1, 1, 2, 3)


@dataclass
class Market:
    """One contract's market. All prices are ticks inside; a held market does not move by itself."""

    contract: Contract
    random: random.Random
    depth: int = 10
    moving: bool = True
    silent: bool = False
    last: int = 0
    bid: int = 0
    ask: int = 0
    open: int = 0
    high: int = 0
    low: int = 0
    volume: int = 0
    at: Instant = 0
    bars: Bars = field(default_factory=Bars)
    _phase_left: int = 0
    _drift: int = 0
    _carry: int = 0
    _swing: int = 2
    _told: Quote | None = None

    def start(self, price: int, at: Instant) -> None:
        """Open the world of this contract at `price` ticks."""
        self.last = self.bid = self.open = self.high = self.low = price
        self.ask = price + 1
        self.at = at
        self._told = None

    def quote(self) -> Quote:
        """Return the whole state, in prices."""
        price = self.contract.price
        return Quote(
            self.contract.id,
            self.at,
            price(self.bid),
            price(self.ask),
            price(self.last),
            price(self.open),
            price(self.high),
            price(self.low),
            self.volume,
        )

    def step(self, at: Instant) -> list[QuoteChanged | MarketTraded]:
        """Let the market print once. A held one repeats its price, a silent one says nothing."""
        if self.silent:
            return []
        if not self.moving:
            return self._move(self.last, at, self.ask - self.bid, at_bid=self.last == self.bid)
        return self._move(self.last + self._next_move(), at, self.random.choice(SPREADS))

    def set_price(self, last: int, at: Instant) -> list[QuoteChanged | MarketTraded]:
        """Jump to `last` ticks with the narrowest spread: bid at the price, ask one tick above."""
        return self._move(last, at, 1, at_bid=True)

    def _next_move(self) -> int:
        if self._phase_left == 0:
            self._phase_left = self.random.randint(40, 400)
            self._drift = self.random.randint(-250, 250)
            self._swing = self.random.randint(1, 3)
        self._phase_left -= 1
        if self.random.randrange(2500) == 0:
            return self.random.choice((-1, 1)) * self.random.randint(6, 30)
        self._carry += self._drift
        whole, self._carry = divmod(self._carry, THOUSAND)
        return whole + self.random.randint(-self._swing, self._swing)

    def _move(
        self, last: int, at: Instant, spread: int, *, at_bid: bool | None = None
    ) -> list[QuoteChanged | MarketTraded]:
        before = self._told or self.quote()
        sold = self.random.randrange(2) == 0 if at_bid is None else at_bid
        last = max(last, 1)
        self.bid = last if sold else last - spread
        self.ask = self.bid + spread
        self.at = at
        # First the bid and ask move, then somebody trades: so many a frame carries no last price.
        between = self.quote()
        self.last = last
        self.high, self.low = max(self.high, last), min(self.low, last)
        size = self.random.randint(1, 20)
        self.volume += size
        after = self._told = self.quote()
        self.bars.add(at, after.last, size)
        side = Side.SELL if sold else Side.BUY
        moved = (
            [QuoteChanged(before, between)] if (between.bid, between.ask) != (before.bid, before.ask) else []
        )
        return [
            *moved,
            QuoteChanged(between, after),
            MarketTraded(self.contract.id, at, after.last, size, side),
        ]
