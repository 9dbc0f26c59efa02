"""The first half of a step, when and what happens, from the grammar's tree."""

from decimal import Decimal
from typing import Any

from lark import Token, Transformer, v_args

from dsl import amounts
from dsl.rule_tests import steps
from dsl.rule_tests.contracts import instrument
from dsl.rule_tests.settable import SETTABLE, At, Written, kind_of
from engine.units import PRICE_SCALE, Duration, Money, Price
from engine.venue import Side

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_SIDES = {"long": Side.BUY, "short": Side.SELL, "buy": Side.BUY, "sell": Side.SELL}


_VALUES = {
    "money": "an amount",
    "yes/no": "`true` or `false`",
    "time": "a time of today",
    "unknown": "`unknown`",
}


class BadStep(ValueError):
    """A step that reads well but cannot be: an unknown symbol, a size with a fraction. The message says what."""


def price(number: Decimal) -> Price:
    """Return a written price in the engine's steps. Raises BadAmount."""
    return Price(amounts.scaled(str(number), PRICE_SCALE))


def size(number: Decimal) -> int:
    """Return a written number of contracts. Raises BadStep unless it is whole and positive."""
    if number != int(number) or number == 0:
        raise BadStep(f"`{number}` is not a number of contracts; contracts come whole")
    return int(number)


@v_args(inline=True)
class EventReading(Transformer[Token, Any]):
    """A method for each rule of the grammar, and for each terminal in capitals."""

    def CLOCK(self, token: Token) -> int:  # noqa: N802  lark looks for the terminal's name
        hours, minutes, *seconds = (int(part) for part in token.split(":"))
        if hours > 23 or minutes > 59 or sum(seconds) > 59:
            raise BadStep(f"`{token}` is not a time of day; times go from 00:00 to 23:59:59")
        return ((hours * 60 + minutes) * 60 + sum(seconds)) * 1_000_000

    def WEEKDAY(self, token: Token) -> int:  # noqa: N802
        return WEEKDAYS.index(token)

    def SYMBOL(self, token: Token) -> str:  # noqa: N802
        if instrument(token) is None:
            raise BadStep(f"there is no contract called `{token}`")
        return str(token)

    def MONEY(self, token: Token) -> Money:  # noqa: N802
        amount = amounts.money(token.removeprefix("-"))
        return Money(-amount if token.startswith("-") else amount)

    def DURATION(self, token: Token) -> Duration:  # noqa: N802
        return Duration(amounts.duration(token))

    def NUMBER(self, token: Token) -> Decimal:  # noqa: N802
        return Decimal(token)

    def DIRECTION(self, token: Token) -> Side:  # noqa: N802
        return _SIDES[token]

    def SIDE(self, token: Token) -> Side:  # noqa: N802
        return _SIDES[token]

    def clock(self, weekday: int | None, since_midnight: int) -> steps.Clock:
        return steps.Clock(since_midnight, weekday)

    def later(self, length: Duration) -> steps.Later:
        return steps.Later(length)

    def trade(self, symbol: str, pnl: Money) -> steps.Trade:
        return steps.Trade(symbol, pnl)

    def open(self, symbol: str, side: Side, number: Decimal, at: Decimal) -> steps.Open:
        return steps.Open(symbol, side, size(number), price(at))

    def close(self, symbol: str, number: Decimal | None, at: Decimal) -> steps.Close:
        return steps.Close(symbol, None if number is None else size(number), price(at))

    def price(self, symbol: str, at: Decimal) -> steps.Quoted:
        return steps.Quoted(symbol, price(at))

    def stop(self, symbol: str, at: Decimal, number: Decimal | None) -> steps.Stop:
        return steps.Stop(symbol, price(at), None if number is None else size(number))

    def no_stop(self, symbol: str) -> steps.Stop:
        return steps.Stop(symbol, None)

    def order(self, symbol: str, side: Side, number: Decimal, at: Decimal | None) -> steps.PlaceOrder:
        return steps.PlaceOrder(symbol, side, size(number), None if at is None else price(at))

    def cancel(self, symbol: str) -> steps.CancelOrders:
        return steps.CancelOrders(symbol)

    def void(self) -> steps.Void:
        return steps.Void()

    def news(self, since_midnight: int, title: Token) -> steps.NewsItem:
        return steps.NewsItem(since_midnight, title.strip('"'))

    def set(self, field: Token, value: Written) -> steps.SetField:
        kinds = SETTABLE.get(field)
        if kinds is None:
            raise BadStep(f"`{field}` cannot be set; these can: {', '.join(SETTABLE)}")
        if kind_of(value) not in kinds:
            raise BadStep(f"`{field}` is set to {' or '.join(_VALUES[kind] for kind in kinds)}")
        return steps.SetField(str(field), value)

    def stale(self, symbol: str, age: Duration) -> steps.Stale:
        return steps.Stale(symbol, age)

    def restart(self) -> steps.Restart:
        return steps.Restart()

    def reload(self, path: Token) -> steps.Reload:
        return steps.Reload(str(path))

    def money(self, amount: Money) -> int:
        return amount

    def moment(self, since_midnight: int) -> At:
        return At(since_midnight)

    def true(self) -> bool:
        return True

    def false(self) -> bool:
        return False

    def unknown(self) -> None:
        return None
