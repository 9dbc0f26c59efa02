"""Fields that exist in every rule: the account, the day, hours and the connection."""

from collections.abc import Mapping

from dsl.fact import (
    ACCOUNT,
    CLOCK,
    EVERYWHERE,
    FILLS,
    LINKS,
    LOCKS,
    MARKET,
    NEWS,
    ORDERS,
    POSITIONS,
    QUOTES,
    SECOND,
    SESSION,
    TRADING_DAY,
    Fact,
    family,
)
from engine.facts.account import AccountFacts
from engine.facts.connection import ConnectionFacts
from engine.facts.day import DayFacts, HoursFacts
from engine.facts.news import NewsFacts

ACCOUNT_FACTS: Mapping[str, Fact] = {
    **family(
        "account",
        AccountFacts,
        EVERYWHERE,
        (
            ("balance", "balance", (ACCOUNT,)),
            ("equity", "equity", (ACCOUNT, POSITIONS, QUOTES)),
            ("open_pnl", "open result", (POSITIONS, QUOTES)),
            ("open_loss", "open loss", (POSITIONS, QUOTES)),
            ("open_profit", "open profit", (POSITIONS, QUOTES)),
            ("gross_contracts", "contracts held", (POSITIONS,)),
            ("net_contracts", "net contracts", (POSITIONS,)),
            ("worst_contracts", "contracts with working orders", (POSITIONS, ORDERS)),
            ("gross_minis", "contracts held, in minis", (POSITIONS,)),
            ("net_minis", "net contracts, in minis", (POSITIONS,)),
            ("worst_minis", "contracts with working orders, in minis", (POSITIONS, ORDERS)),
            ("start_balance", "starting balance", (ACCOUNT,)),
            ("eod_balance", "balance at the day's end", (ACCOUNT, FILLS, CLOCK), TRADING_DAY),
            ("eod_high", "highest balance at a day's end", (ACCOUNT, FILLS, CLOCK), TRADING_DAY),
            ("operator_floor", "the operator's floor", (ACCOUNT,)),
            ("stopped_out_loss", "loss if every stop fills", (POSITIONS, ORDERS, QUOTES)),
            ("can_trade", "the account may trade", (ACCOUNT,)),
            ("is_listed", "the broker lists the account", (ACCOUNT,)),
            ("is_locked", "the account is locked", (LOCKS,)),
        ),
    ),
    **family(
        "day",
        DayFacts,
        EVERYWHERE,
        (
            ("realized_pnl", "closed result today", (FILLS, CLOCK), TRADING_DAY),
            ("realized_loss", "closed loss today", (FILLS, CLOCK), TRADING_DAY),
            ("realized_profit", "closed profit today", (FILLS, CLOCK), TRADING_DAY),
            ("total_pnl", "result today", (FILLS, POSITIONS, QUOTES, CLOCK), TRADING_DAY),
            ("total_loss", "loss today", (FILLS, POSITIONS, QUOTES, CLOCK), TRADING_DAY),
            ("total_profit", "profit today", (FILLS, POSITIONS, QUOTES, CLOCK), TRADING_DAY),
        ),
    ),
    **family(
        "session",
        HoursFacts,
        EVERYWHERE,
        (
            ("is_open", "the session is open", (CLOCK,), SESSION),
            ("closes_in", "time to the session's close", (CLOCK,), SECOND),
        ),
    ),
    **family(
        "market",
        HoursFacts,
        EVERYWHERE,
        (
            ("is_open", "the market is open", (CLOCK,), MARKET),
            ("closes_in", "time to the market's close", (CLOCK,), SECOND),
        ),
    ),
    **family(
        "connection",
        ConnectionFacts,
        EVERYWHERE,
        (
            ("is_live", "the connection is live", (LINKS,)),
            ("has_login", "the broker accepts the login", (LINKS,)),
            ("blind_for", "time without any connection", (LINKS, CLOCK), SECOND),
        ),
    ),
    **family(
        "news",
        NewsFacts,
        EVERYWHERE,
        (
            ("next_title", "next release", (CLOCK,), NEWS),
            ("next_time", "time of the next release", (CLOCK,), NEWS),
            ("next_in", "time to the next release", (CLOCK,), SECOND),
        ),
    ),
}
