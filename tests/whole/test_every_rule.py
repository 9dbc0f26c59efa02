"""Every shipped rule that needs no leap of the clock: broken by a trader, and what it must bring about at the venue.

One row a rule. Each account is guarded by that one rule, as shipped but in mode enforce; symbols whose price a row
moves are its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest


@dataclass(frozen=True)
class Row:
    """What the trader does, and what the venue shows in the end: sizes held, orders at work, their stops.

    `locks` are the published ones: scope, and how the words for the end begin. `again` breaks a lock and must be undone; `goes_on` must not be.
    """

    rule: str
    does: str
    holds: Mapping[str, int]
    orders: int = 0
    stops: tuple[str, ...] = ()
    locks: tuple[tuple[str, str], ...] = ()
    again: str = ""
    goes_on: str = ""
    set: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.rule.partition("/")[2]


DAY = (("account", "17:00 CST"),)
ROWS = (
    Row("starter/max_contracts", "buy 4 MES; sell 3 MYM", {"MES": 4, "MYM": -1}, goes_on="sell 1 MES"),
    Row("starter/max_contracts_per_instrument", "buy 5 MNQ; buy 1 GC", {"MNQ": 3}, goes_on="buy 1 MES"),
    Row("starter/max_net_contracts", "sell 2 MYM; buy 8 MES", {"MYM": -2, "MES": 7}, goes_on="sell 9 MGC"),
    Row(
        "starter/daily_realized_loss",
        "buy 1 MES; rest buy 1 MNQ 25000; buy 1 ES; price ES 6839; sell 1 ES",
        {},
        locks=DAY,
        again="buy 1 MNQ",
    ),
    Row("starter/daily_unrealized_loss", "buy 1 NQ; price NQ 25484", {}, locks=DAY, again="sell 1 MES"),
    Row("starter/position_open_loss", "buy 1 MES; buy 1 CL; price CL 59.70", {"MES": 1}, goes_on="buy 1 M2K"),
    Row(
        "starter/max_unrealized_profit", "buy 1 MES; buy 1 GC; price GC 4161", {"MES": 1}, goes_on="buy 1 M2K"
    ),
    Row(
        "starter/max_unrealized_profit_account",
        "buy 1 MES; buy 1 RTY; price RTY 2432",
        {},
        goes_on="buy 1 M2K",
    ),
    Row("starter/daily_profit_target", "buy 1 YM; price YM 47210", {}, locks=DAY, again="buy 1 MYM"),
    Row(
        "starter/position_give_back",
        "buy 1 MES; buy 1 NG; price NG 4.050; price NG 4.025",
        {"MES": 1},
        goes_on="buy 1 M2K",
    ),
    Row(
        "starter/trade_management",
        "buy 1 MGC stop=40; price MGC 4151.1",
        {"MGC": 1},
        orders=1,
        stops=("4150.3",),
    ),
    Row(
        "starter/no_stop_loss_grace",
        "buy 1 M2K stop=400; buy 2 MCL",
        {"M2K": 1},
        orders=1,
        stops=("2360.1",),
        goes_on="buy 1 M2K stop=400",
        set={"grace": "2s"},
    ),
    Row(
        "starter/symbol_blocks",
        "buy 1 MES; rest sell 1 NG 4.900; buy 1 RTY",
        {"MES": 1},
        locks=(("NG", "symbol is none of RTY, NG"), ("RTY", "symbol is none of RTY, NG")),
        again="sell 1 RTY",
        goes_on="buy 1 MES",
    ),
    Row("examples/correlated_exposure", "buy 2 NQ; buy 2 ES", {"NQ": 2, "ES": 1}, goes_on="buy 1 MGC"),
    Row(
        "examples/loss_streak_cooldown",
        "buy 1 MYM; buy 1 MES; sell 1 MES; buy 1 MES; sell 1 MES; buy 1 MES; sell 1 MES",
        {"MYM": 1},
        locks=(("account", "09:10:"),),
        again="buy 1 MES",
    ),
    Row(
        "examples/trailing_max_drawdown",
        "buy 1 ZN; price ZN 112.25",
        {},
        locks=(("account", "manual"),),
        again="buy 1 MES",
        set={"allowance": "$500", "account.start_balance": "$150,000"},
    ),
    Row(
        "examples/profit_give_back",
        "buy 1 6E; price 6E 1.1670; price 6E 1.1640",
        {},
        locks=DAY,
        again="buy 1 MES",
    ),
    Row(
        "examples/news_blackout",
        "buy 1 M2K; rest buy 1 MES 6000; buy 1 ES",
        {"M2K": 1},
        locks=(("ES", "no release of high impact is"), ("MES", "no release of high impact is")),
        again="sell 1 ES",
        goes_on="buy 1 M2K",
        set={"after": "90m"},
    ),
)

ACCOUNTS = {
    row.name: (
        (row.rule,),
        {key if "." in key else f"{row.name}.{key}": value for key, value in row.set.items()},
    )
    for row in ROWS
}
"""A key with a point is one of the account's figures, the others are parameters of the rule."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_broken_rule_is_enforced_at_the_venue(house: Any, row: Row) -> None:
    desk = house.desks[row.name]

    desk.do(row.does)

    desk.becomes(lambda desk: is_as_wanted(desk, row))
    desk.becomes(lambda desk: is_locked_as_wanted(desk, row))
    assert {act["rule"] for act in desk.becomes(lambda desk: desk.acts("breach"))} == {row.name}
    if row.again:
        desk.do(row.again)
        desk.becomes(lambda desk: is_as_wanted(desk, row))
        desk.becomes(lambda desk: desk.acts("reentry"))
    if row.goes_on:
        desk.do(f"{row.goes_on}; seen")
        assert desk.holds() != row.holds
    desk.becomes(lambda desk: all(one["verified"] for one in desk.now()["enforcements"]))


def is_locked_as_wanted(desk: Any, row: Row) -> bool:
    """Compare scopes and how the words for the end begin: a pause ends at a second that no table knows."""
    locks = sorted(desk.locks())
    pairs = zip(locks, row.locks, strict=False)
    return len(locks) == len(row.locks) and all(
        scope == wanted and end.startswith(begins) for (scope, end), (wanted, begins) in pairs
    )


def is_as_wanted(desk: Any, row: Row) -> bool:
    return (
        desk.holds() == row.holds
        and len(desk.working()) == row.orders
        and desk.stops() == [Decimal(price) for price in row.stops]
    )
