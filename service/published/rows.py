"""Positions, orders, locks and enforcements in the status document."""

from typing import Any

from engine.enforcement import Enforcement, Progress
from engine.exposure import exit_orders
from engine.locks import Lock
from engine.marks import open_pnl
from engine.schedule import Calendar
from engine.settings import Settings
from engine.state import State
from engine.units import Instant, Price
from engine.venue import PROTECTIVE_KINDS, Order, Position
from service.iso import iso, iso_or_none, milliseconds, money, price
from service.wording import contract_name, enforcement_text, lock_end


def position_row(state: State, settings: Settings, held: Position) -> dict[str, Any]:
    """Return a position; its open result is None while there is no fresh price, `covered` what its stops take off."""
    stops = [order for order in exit_orders(state, held.contract) if order.kind in PROTECTIVE_KINDS]
    return {
        "contract": held.contract,
        "symbol": state.root(held.contract),
        "name": contract_name(state, held.contract),
        "size": held.size,
        "average_price": price(held.average_price),
        "open_pnl": money(open_pnl(state, settings, held)),
        "has_stop": bool(stops),
        "stop": price(_loosest(stops, held)),
        "covered": min(sum(order.remaining for order in stops), abs(held.size)),
    }


def _loosest(stops: list[Order], held: Position) -> Price | None:
    """Return the price of the stop that is furthest away, None without one."""
    prices = [order.stop_price for order in stops if order.stop_price is not None]
    return min(prices, key=lambda at: at if held.size > 0 else -at, default=None)


def order_row(state: State, order: Order) -> dict[str, Any]:
    """Return a working order; `size` is what is left to fill."""
    return {
        "id": order.id,
        "contract": order.contract,
        "symbol": state.root(order.contract),
        "side": order.side.value,
        "kind": order.kind.value,
        "size": order.remaining,
        "price": price(order.limit_price),
        "stop": price(order.stop_price),
    }


def lock_row(lock: Lock, calendar: Calendar, now: Instant) -> dict[str, Any]:
    """Return a lock with its cause and its end."""
    return {
        "id": lock.id,
        "scope": str(lock.scope),
        "kind": lock.kind.value,
        "state": lock.state.value,
        "rule": lock.rule,
        "reason": lock.reason,
        "set_at": iso(lock.set_at),
        "until": iso_or_none(lock.end.at),
        "end": lock_end(lock.end, calendar, now),
        "side": lock.side.value if lock.side else None,
    }


def enforcement_row(one: Enforcement, state: State) -> dict[str, Any]:
    """Return an enforcement with its times, in milliseconds after the detection."""
    return {
        "id": one.id,
        "rules": sorted({reason.rule for reason in one.reasons}),
        "reason": "; ".join(dict.fromkeys(reason.text for reason in one.reasons if reason.text)),
        "detected_at": iso(one.detected_at),
        "sent_ms": milliseconds(one.detected_at, one.sent_at),
        "acked_ms": milliseconds(one.detected_at, one.acked_at),
        "flat_ms": milliseconds(one.detected_at, one.proven_at),
        "verified": one.progress is Progress.PROVEN,
        "progress": one.progress.value,
        "is_reentry": one.is_reentry,
        "text": enforcement_text(one, state),
        "contracts": {
            contract: {"before": one.before.get(contract), "target": one.targets.get(contract)}
            for contract in sorted({*one.before, *one.targets})
        },
    }
