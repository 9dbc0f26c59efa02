"""Fields of a symbol, a position and a closed trade: they exist in rules with such a scope."""

from collections.abc import Mapping

from dsl.fact import (
    CLOCK,
    FILLS,
    OF_POSITION,
    OF_SYMBOL,
    OF_TRADE,
    ORDERS,
    POSITIONS,
    QUOTES,
    SECOND,
    TRADING_DAY,
    Fact,
    family,
)
from engine.facts.position import PositionFacts
from engine.facts.symbol import SymbolFacts
from engine.facts.trade import TradeFacts

POSITION_FACTS: Mapping[str, Fact] = {
    **family(
        "symbol",
        SymbolFacts,
        OF_SYMBOL,
        (
            ("quantity", "contracts held", (POSITIONS,)),
            ("signed_quantity", "signed contracts", (POSITIONS,)),
            ("worst_quantity", "contracts with working orders", (POSITIONS, ORDERS)),
            ("worst_long", "long contracts with working orders", (POSITIONS, ORDERS)),
            ("worst_short", "short contracts with working orders", (POSITIONS, ORDERS)),
            ("open_pnl", "open result", (POSITIONS, QUOTES)),
            ("open_loss", "open loss", (POSITIONS, QUOTES)),
            ("realized_pnl", "closed result today", (FILLS, CLOCK), TRADING_DAY),
            ("realized_loss", "closed loss today", (FILLS, CLOCK), TRADING_DAY),
            ("total_pnl", "result today", (FILLS, POSITIONS, QUOTES, CLOCK), TRADING_DAY),
            ("total_loss", "loss today", (FILLS, POSITIONS, QUOTES, CLOCK), TRADING_DAY),
        ),
    ),
    **family(
        "position",
        PositionFacts,
        OF_POSITION,
        (
            ("quantity", "contracts held", (POSITIONS,)),
            ("signed_quantity", "signed contracts", (POSITIONS,)),
            ("side", "side", (POSITIONS,)),
            ("entry_price", "entry price", (POSITIONS,)),
            ("open_pnl", "open result", (POSITIONS, QUOTES)),
            ("open_loss", "open loss", (POSITIONS, QUOTES)),
            ("open_profit", "open profit", (POSITIONS, QUOTES)),
            ("profit_ticks", "ticks ahead", (POSITIONS, QUOTES)),
            ("age", "time in the position", (POSITIONS, CLOCK), SECOND),
            ("covered", "contracts with a stop", (POSITIONS, ORDERS, QUOTES)),
            ("uncovered", "contracts without a stop", (POSITIONS, ORDERS, QUOTES)),
            ("has_stop", "every contract has a stop", (POSITIONS, ORDERS, QUOTES)),
        ),
    ),
    **family(
        "trade",
        TradeFacts,
        OF_TRADE,
        (
            ("pnl", "result of the trade", (FILLS,)),
            ("loss", "loss of the trade", (FILLS,)),
            ("profit", "profit of the trade", (FILLS,)),
            ("quantity", "contracts of the trade", (FILLS,)),
            ("duration", "length of the trade", (FILLS,)),
            ("is_scratch", "the trade is a scratch", (FILLS,)),
            ("is_enforced", "the guard closed the trade", (FILLS,)),
        ),
    ),
}
