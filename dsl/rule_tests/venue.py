"""The venue of a rule test: one account that fills everything at once at the price in the test, without costs.

Nothing is matched: an order rests until the test cancels or fills it, and a stop that the price passes stays where it
is. What the guard asks for is done at once.
"""

from dataclasses import dataclass, field, replace

from dsl.rule_tests.contracts import first_price, instrument
from engine.commands import (
    CancelOrder,
    ClosePosition,
    Command,
    MoveStop,
    PlaceStop,
    ReducePosition,
    ResizeOrder,
    TakeSnapshot,
)
from engine.events import SnapshotTaken
from engine.instruments import Instrument, money_for, ticks_between
from engine.units import SCALE, Instant, Money, Price
from engine.venue import (
    AccountStatus,
    Fill,
    Order,
    OrderKind,
    OrderStatus,
    Position,
    Side,
)

START_BALANCE = Money(50_000 * SCALE)
ROW = AccountStatus("TEST", START_BALANCE, can_trade=True, simulated=True)


@dataclass(slots=True)
class VirtualVenue:
    """Positions, orders, fills and the account row, as the venue would tell them."""

    now: Instant
    instruments: dict[str, Instrument] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    fills: list[Fill] = field(default_factory=list)
    prices: dict[str, Price] = field(default_factory=dict)
    status: AccountStatus = ROW
    is_listed: bool = True
    serial: int = 1000

    def contract(self, symbol: str) -> Instrument:
        """Return the contract of a symbol that a test may name; from then on the venue lists it."""
        found = instrument(symbol)
        assert found is not None, "symbols are checked when the test is read"
        self.instruments[found.contract] = found
        self.prices.setdefault(found.contract, first_price(found.root))
        return found

    def size(self, contract: str) -> int:
        """Return the signed size held, 0 when flat."""
        return self.positions[contract].size if contract in self.positions else 0

    def stops(self, contract: str) -> list[Order]:
        """Return the protective stops of a contract."""
        return [
            order
            for order in self.orders.values()
            if order.contract == contract and order.kind is OrderKind.STOP
        ]

    def fill(self, contract: str, side: Side, size: int, price: Price) -> None:
        """Fill a market order: first what it closes, then what it opens."""
        held = self.size(contract)
        closed = min(abs(held), size) if held * side.sign < 0 else 0
        order = self._next_id()
        if closed:
            position = self.positions[contract]
            ticks = ticks_between(self.instruments[contract], position.average_price, price)
            pnl = money_for(self.instruments[contract], ticks, closed if held > 0 else -closed)
            self._book(order, contract, side, closed, price, pnl)
        if size > closed:
            self._book(order, contract, side, size - closed, price, None)
        self._hold(contract, side, size, closed, price)

    def round_trip(self, contract: str, pnl: Money) -> None:
        """Book a trade that is over: one contract in and out at the same moment."""
        price = self.prices[contract]
        self._book(self._next_id(), contract, Side.BUY, 1, price, None)
        self._book(self._next_id(), contract, Side.SELL, 1, price, pnl)

    def void(self) -> bool:
        """Take the last closing fill back, with what opened it if that was the same trade; False if there is none."""
        closing = next((n for n in reversed(range(len(self.fills))) if _is_valid_exit(self.fills[n])), None)
        if closing is None:
            return False
        opening = closing - 1
        is_pair = opening >= 0 and self.fills[opening].executed_at == self.fills[closing].executed_at
        for index in (opening, closing) if is_pair else (closing,):
            self.fills[index] = replace(self.fills[index], voided=True)
        self._pay(Money(-(self.fills[closing].pnl or 0)))
        return True

    def rest(
        self, contract: str, side: Side, size: int, kind: OrderKind, price: Price, tag: str | None = None
    ) -> int:
        """Take an order that rests at a price; return its id."""
        is_limit = kind is OrderKind.LIMIT
        order = Order(
            id=self._next_id(),
            contract=contract,
            side=side,
            kind=kind,
            size=size,
            filled=0,
            status=OrderStatus.OPEN,
            created_at=self.now,
            limit_price=price if is_limit else None,
            stop_price=None if is_limit else price,
            tag=tag,
        )
        self.orders[order.id] = order
        return order.id

    def carry_out(self, command: Command) -> None:
        """Do at once what the guard asks for."""
        match command:
            case ClosePosition(contract=contract):
                self._exit(contract, abs(self.size(contract)))
            case ReducePosition(contract=contract, size=size):
                self._exit(contract, min(size, abs(self.size(contract))))
            case CancelOrder(order_id=order_id):
                self.orders.pop(order_id, None)
            case ResizeOrder(order_id=order_id, size=size) if order_id in self.orders:
                self.orders[order_id] = replace(self.orders[order_id], size=size)
            case MoveStop(order_id=order_id, price=price) if order_id in self.orders:
                self.orders[order_id] = replace(self.orders[order_id], stop_price=price)
            case PlaceStop(contract=contract, side=side, size=size, price=price, tag=tag):
                self.rest(contract, side, size, OrderKind.STOP, price, tag)
            case ResizeOrder() | MoveStop() | TakeSnapshot():
                pass  # an order that is gone, and reading, change nothing here

    def view(self, account: int, fills_since: Instant) -> SnapshotTaken:
        """Return all that the venue shows of the account now."""
        return SnapshotTaken(
            at=self.now,
            account=account,
            asked_at=self.now,
            status=self.status if self.is_listed else None,
            positions=tuple(self.positions.values()),
            orders=tuple(self.orders.values()),
            fills=tuple(self.fills),
            fills_since=fills_since,
        )

    def _exit(self, contract: str, size: int) -> None:
        held = self.size(contract)
        if size:
            self.fill(contract, Side.SELL if held > 0 else Side.BUY, size, self.prices[contract])

    def _hold(self, contract: str, side: Side, size: int, closed: int, price: Price) -> None:
        before = self.positions.get(contract)
        held = before.size if before else 0
        now = held + side.sign * size
        if now == 0:
            self.positions.pop(contract, None)
        elif before is None or held * now < 0:
            self.positions[contract] = Position(contract, now, price, self.now)
        elif closed:
            self.positions[contract] = replace(before, size=now)
        else:
            average = (before.average_price * abs(held) + price * size) // abs(now)
            self.positions[contract] = replace(before, size=now, average_price=Price(average))

    def _book(
        self, order: int, contract: str, side: Side, size: int, price: Price, pnl: Money | None
    ) -> None:
        self.fills.append(Fill(self._next_id(), order, contract, side, size, price, pnl, Money(0), self.now))
        self._pay(pnl or Money(0))

    def _pay(self, amount: Money) -> None:
        self.status = replace(self.status, balance=Money(self.status.balance + amount))

    def _next_id(self) -> int:
        self.serial += 1
        return self.serial


def _is_valid_exit(fill: Fill) -> bool:
    return fill.pnl is not None and not fill.voided
