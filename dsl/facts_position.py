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
from engine.facts.episode import EpisodeFacts
from engine.facts.symbol import SymbolFacts
from engine.facts.trade import TradeFacts

POSITION_FACTS: Mapping[str, Fact] = {
    **family(
        "symbol",
        SymbolFacts,
        OF_SYMBOL,
        (
            ("mini", "its mini", (POSITIONS,)),
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
        EpisodeFacts,
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
            ("breakeven_price", "breakeven price", (POSITIONS, FILLS)),
            ("last_price", "last price", (QUOTES,)),
            ("best_price", "best price", (POSITIONS, QUOTES)),
            ("peak_profit", "best profit", (POSITIONS, FILLS, QUOTES)),
            ("peak_ticks", "most ticks ahead", (POSITIONS, QUOTES)),
            ("total_pnl", "result of the position", (POSITIONS, FILLS, QUOTES)),
            ("total_loss", "loss of the position", (POSITIONS, FILLS, QUOTES)),
            ("total_profit", "profit of the position", (POSITIONS, FILLS, QUOTES)),
            ("stop_price", "stop price", (POSITIONS, ORDERS, QUOTES)),
            ("stop_distance", "distance of the stop", (POSITIONS, ORDERS, QUOTES)),
            ("stopped_out_loss", "loss if the stop fills", (POSITIONS, ORDERS, QUOTES)),
            ("has_target", "there is a target", (POSITIONS, ORDERS)),
            ("target_distance", "distance of the target", (POSITIONS, ORDERS, QUOTES)),
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
