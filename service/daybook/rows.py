"""Fills and completed trades of a day as lines of the day book."""

from typing import Any

from engine.state import State
from engine.streams import RoundTurn
from engine.units import SCALE, Instant
from engine.venue import Fill
from service.iso import iso, money, price
from service.wording import contract_name


def fill_row(account: str, state: State, fill: Fill) -> dict[str, Any]:
    """Return a fill; `net` is what it booked after its own costs, `is_own` says that the guard sent the order."""
    return {
        "kind": "fill",
        "at": iso(fill.executed_at),
        "account": account,
        "id": fill.id,
        "name": contract_name(state, fill.contract),
        "side": fill.side.value,
        "size": fill.size,
        "price": price(fill.price),
        "net": money(fill.net),
        "is_own": fill.order_id in state.ledger.own_orders,
        "voided": fill.voided,
    }


def trade_row(account: str, state: State, trade: RoundTurn, *, voided: bool = False) -> dict[str, Any]:
    """Return a completed trade, flat to flat; `side` is that of its entry."""
    return {
        "kind": "trade",
        "at": iso(trade.at),
        "account": account,
        "id": trade.id,
        "name": contract_name(state, trade.contract),
        "side": trade.side,
        "size": trade.quantity // SCALE,
        "opened_at": iso(Instant(trade.at - trade.duration)),
        "pnl": money(trade.pnl),
        "is_own": trade.is_enforced,
        "is_scratch": trade.is_scratch,
        "voided": voided,
    }


def contract_rows(account: str, state: State) -> list[dict[str, Any]]:
    """Return what one step of price is worth, for each contract of the account that the venue listed."""
    return [
        {
            "kind": "contract",
            "at": iso(state.now),
            "account": account,
            "name": instrument.name,
            "tick_size": price(instrument.tick_size),
            "tick_value": money(instrument.tick_value),
        }
        for contract in sorted(state.contracts)
        if (instrument := state.instruments.get(contract)) is not None
    ]
