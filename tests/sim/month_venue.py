"""An exchange for weeks: two accounts, two months of one contract, real hours, and two traders without sense."""

import random
from decimal import Decimal

from connectors.simulator.core import catalogue
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.happenings import (
    AccountChanged,
    Happening,
    OrderChanged,
    PositionChanged,
    TradeMade,
)
from connectors.simulator.core.kinds import OrderType, Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.core.records import Account
from connectors.simulator.core.settings import Settings
from engine.events import (
    AccountSeen,
    Event,
    FillSeen,
    InstrumentsSeen,
    OrderSeen,
    PositionSeen,
    SnapshotTaken,
)
from engine.units import Instant
from service.rehearsal.translate import account_of, fill_of, instrument_of, order_of, position_of

ACCOUNTS = {9_120_345: "alice", 9_087_711: "bob"}
IN_A_MICROSECOND = 10
A_MOMENT = 50_000
"""Microseconds in which an order fills and everything about it is told."""


class Venue:
    """What the world outside does. From `roll_at` on traders trade the new month."""

    def __init__(
        self, now: Instant, old: str, new: str, roll_at: Instant, holidays: frozenset[object]
    ) -> None:
        settings = Settings(market_step_ms=60_000, flatten_at_1510=False, holidays=holidays)  # type: ignore[arg-type]
        self.exchange = Exchange(catalogue.load({}), 1, now * IN_A_MICROSECOND, settings)
        self.old, self.new, self.roll_at = old, new, roll_at
        contracts = self.exchange.venue.catalogue.contracts
        known = {name: getattr(contracts[old], name) for name in type(contracts[old]).__dataclass_fields__}
        contracts[new] = type(contracts[old])(**{**known, "month": new.rpartition(".")[2]})
        for account, name in ACCOUNTS.items():
            self.exchange.add_account(Account(account, name, Decimal(150_000)))
        for contract in (old, new):
            self.exchange.add_market(contract, depth=50)
        self.exchange.take()
        self.random = random.Random("month")  # noqa: S311 - a game, not a secret

    def listed(self, at: Instant) -> InstrumentsSeen:
        """Return what the venue lists."""
        contracts = self.exchange.venue.catalogue.contracts
        return InstrumentsSeen(at, tuple(instrument_of(contracts[name]) for name in (self.old, self.new)))

    def view(self, account: int, at: Instant, since: Instant) -> SnapshotTaken:
        """Return an account as the venue has it."""
        venue = self.exchange.venue
        fills = (fill_of(row) for row in venue.trades.values() if row.account_id == account)
        return SnapshotTaken(
            at,
            account,
            at,
            account_of(venue.accounts[account]),
            tuple(position_of(row) for row in venue.positions.values() if row.account_id == account),
            tuple(order_of(row) for row in venue.live_orders(account)),
            tuple(fill for fill in fills if fill.executed_at >= since),
            since,
        )

    def leave(self, account: int, contract: str) -> None:
        """Let a trader close what is in another month, and half of the time the rest."""
        for row in list(self.exchange.venue.positions.values()):
            if row.account_id == account and (row.contract_id != contract or self.random.random() < 0.5):
                self.exchange.close(account, row.contract_id, from_platform=True)

    def enter(self, account: int, contract: str) -> None:
        """Let a trader click."""
        side, size = self.random.choice((Side.BUY, Side.SELL)), self.random.randint(1, 4)
        order = PlaceRequest(account, contract, OrderType.MARKET, side, size, from_platform=True)
        self.exchange.place(order)


def event_of(happening: Happening, at: Instant) -> Event | None:
    """Return what the stream tells of a happening; quotes are not wanted here."""
    match happening:
        case PositionChanged(position=row):
            return PositionSeen(at, row.account_id, position_of(row))
        case OrderChanged(order=order):
            return OrderSeen(at, order.account_id, order_of(order))
        case TradeMade(trade=trade):
            return FillSeen(at, trade.account_id, fill_of(trade))
        case AccountChanged(account=account):
            return AccountSeen(at, account.id, account_of(account))
        case _:
            return None
