"""The second half of a step, what must follow, from the grammar's tree. The words are those of `happenings`."""

from decimal import Decimal
from typing import Any, Literal

from lark import Token, Transformer, v_args

from dsl.amounts import write_duration
from dsl.rule_tests.steps import Clock, Expectation
from dsl.rule_tests.steps_events import price, size
from engine.cause import show_price
from engine.units import Duration
from engine.venue import Side


@v_args(inline=True)
class ExpectationReading(Transformer[Token, Any]):
    """A method for each rule of the grammar."""

    def quiet(self) -> None:
        return None

    def warn(self) -> Expectation:
        return Expectation("warn")

    def pending(self, length: Duration) -> Expectation:
        return Expectation(f"pending {write_duration(length)}")

    def is_unknown(self) -> Expectation:
        return Expectation("unknown")

    def refused(self) -> Expectation:
        return Expectation("refused")

    def account(self) -> str:
        return "account"

    def symbol(self, name: str) -> str:
        return name

    def flatten(self, scope: str) -> Expectation:
        return Expectation(f"flatten {scope}")

    def close_all(self, symbol: str) -> Expectation:
        return Expectation(f"close {symbol}")

    def reduce(self, scope: str, number: Decimal) -> Expectation:
        return Expectation(f"reduce {scope} to {size(number)}")

    def cancel_all(self, scope: str) -> Expectation:
        return Expectation(f"cancel {scope}")

    def until_clock(self, weekday: int | None, since_midnight: int) -> Clock:
        return Clock(since_midnight, weekday)

    def until_manual(self) -> str:
        return "manual"

    def lock(self, scope: str, side: Side | None, until: Clock | Literal["manual"] | None) -> Expectation:
        return Expectation(f"lock {scope} {side}" if side else f"lock {scope}", until)

    def unlock(self, scope: str) -> Expectation:
        return Expectation(f"unlock {scope}")

    def cooldown(self, symbol: str | None, length: Duration) -> Expectation:
        return Expectation(f"cooldown {symbol + ' ' if symbol else ''}{write_duration(length)}")

    def move_stop(self, symbol: str, at: Decimal) -> Expectation:
        return Expectation(f"move_stop {symbol} {show_price(price(at))}")

    def require_stop(self, symbol: str, at: Decimal) -> Expectation:
        return Expectation(f"require_stop {symbol} {show_price(price(at))}")
