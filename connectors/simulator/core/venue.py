"""The state of the whole venue and the few ways to change it; each change also says what happened."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from connectors.simulator.core.agenda import Agenda
from connectors.simulator.core.catalogue import Catalogue
from connectors.simulator.core.happenings import (
    AccountChanged,
    Happening,
    OrderChanged,
    PositionChanged,
    TradeMade,
)
from connectors.simulator.core.instants import MILLISECOND, Instant
from connectors.simulator.core.kinds import Status
from connectors.simulator.core.market import Market
from connectors.simulator.core.records import Account, Order, Position, Trade
from connectors.simulator.core.settings import Settings

FIRST_ORDER_ID = 3_425_910_401
FIRST_TRADE_ID = 3_005_730_402
FIRST_POSITION_ID = 704_118_236


@dataclass
class Venue:
    """Everything the venue knows. `positions` holds open ones only; `happened` waits to be taken."""

    catalogue: Catalogue
    settings: Settings
    random: random.Random
    now: Instant
    agenda: Agenda = field(default_factory=Agenda)
    accounts: dict[int, Account] = field(default_factory=dict)
    markets: dict[str, Market] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    trades: dict[int, Trade] = field(default_factory=dict)
    positions: dict[tuple[int, str], Position] = field(default_factory=dict)
    tags: set[tuple[int, str]] = field(default_factory=set)
    live: dict[str, dict[int, None]] = field(default_factory=dict)
    happened: list[Happening] = field(default_factory=list)
    next_order_id: int = FIRST_ORDER_ID
    next_trade_id: int = FIRST_TRADE_ID
    next_position_id: int = FIRST_POSITION_ID

    def new_order_id(self) -> int:
        """Return an id above 2^31 that was never used."""
        self.next_order_id += 1
        return self.next_order_id - 1

    def new_trade_id(self) -> int:
        """Return an id above 2^31 that was never used."""
        self.next_trade_id += 1
        return self.next_trade_id - 1

    def new_position_id(self) -> int:
        """Return an id for a new life of a position."""
        self.next_position_id += 1
        return self.next_position_id - 1

    def later(self, delay_ms: tuple[int, int], action: Callable[[], None]) -> None:
        """Plan `action` after a random delay within the given milliseconds."""
        low, high = delay_ms
        delay = self.random.randint(low * MILLISECOND, high * MILLISECOND)
        self.agenda.add(self.now + delay, action)

    def save_order(self, order: Order) -> Order:
        """Store the order and tell of it."""
        self.orders[order.id] = order
        live = self.live.setdefault(order.contract_id, {})
        if order.is_live:
            live[order.id] = None
        else:
            live.pop(order.id, None)
        self.happened.append(OrderChanged(order))
        return order

    def end_order(self, order_id: int, status: Status) -> None:
        """Give a live order its final state; one that ended meanwhile is left alone."""
        order = self.orders[order_id]
        if order.is_live:
            self.save_order(replace(order, status=status, updated=self.now))

    def save_trade(self, trade: Trade) -> None:
        """Store the fill and tell of it."""
        self.trades[trade.id] = trade
        self.happened.append(TradeMade(trade))

    def save_position(self, position: Position) -> None:
        """Store the position (a flat one is forgotten) and tell of it."""
        key = (position.account_id, position.contract_id)
        if position.size:
            self.positions[key] = position
        else:
            self.positions.pop(key, None)
        self.happened.append(PositionChanged(position))

    def save_account(self, account: Account) -> None:
        """Store the account and tell of it."""
        self.accounts[account.id] = account
        self.happened.append(AccountChanged(account))

    def live_orders(self, account_id: int, contract_id: str | None = None) -> list[Order]:
        """Return what can still create exposure on an account, suspended children included, oldest first."""
        contracts = [contract_id] if contract_id else list(self.live)
        ids = sorted(order_id for contract in contracts for order_id in self.live.get(contract, ()))
        return [self.orders[i] for i in ids if self.orders[i].account_id == account_id]
