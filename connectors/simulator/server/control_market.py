"""The control door's doings: prices, the clock, the trader's own screen, the platform's risk desk."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.instants import SECOND, iso, parse
from connectors.simulator.core.kinds import OrderType, Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.core.settings import Settings, change
from connectors.simulator.server.control_reading import (
    ControlError,
    account,
    contract,
    fitting,
    known_only,
    number,
    whole,
)
from connectors.simulator.server.host import Host

Json = dict[str, Any]
ACCOUNT_FIELDS = {
    "canTrade": "can_trade",
    "isVisible": "visible",
    "simulated": "simulated",
    "follower": "follower",
    "brackets": "brackets",
    "maxContracts": "max_contracts",
    "positionStop": "position_stop",
    "positionTarget": "position_target",
    "balance": "balance",
}
SERVER_SETTINGS = (
    "token_life_seconds",
    "requests_per_minute",
    "bars_per_half_minute",
    "login_code",
    "ping_seconds",
    "silence_seconds",
    "one_session",
)


def price(host: Host, body: Json) -> Json:
    """Jump to `price`, or by `move` points. `moving`: does it walk on by itself; `silent`: no quotes at all."""
    known_only(body, "contract", "price", "move", "moving", "silent")
    contract_id = contract(host, body)
    market = host.exchange.venue.markets[contract_id]
    market.silent = body.get("silent", market.silent) is True
    level, move = number(body, "price"), number(body, "move")
    if level is None:
        level = market.contract.price(market.last) + (move or Decimal(0))
    wanted = market.contract.price(market.contract.ticks(level))
    host.command(lambda: host.exchange.set_price(contract_id, wanted, moving=body.get("moving")))
    return {"contract": contract_id, "last": wanted}


def trade(host: Host, body: Json) -> Json:
    """Place an order at the platform's own screen: no tag, no API restrictions."""
    known_only(body, "account", "contract", "side", "size", "limit", "stop", "stopTicks", "targetTicks")
    if body.get("side") not in ("buy", "sell"):
        raise ControlError("side: say buy or sell")
    side = Side.BUY if body["side"] == "buy" else Side.SELL
    limit, stop = number(body, "limit"), number(body, "stop")
    stop_ticks, target_ticks = whole(body, "stopTicks"), whole(body, "targetTicks")
    kind = OrderType.LIMIT if limit is not None else OrderType.STOP if stop is not None else OrderType.MARKET
    wanted = PlaceRequest(
        account(host, body),
        contract(host, body),
        kind,
        side,
        whole(body, "size") or 1,
        limit,
        stop,
        stop_loss=Bracket(-abs(stop_ticks) * side.sign, OrderType.STOP) if stop_ticks else None,
        take_profit=Bracket(abs(target_ticks) * side.sign, OrderType.LIMIT) if target_ticks else None,
        from_platform=True,
    )
    answer = host.command(lambda: host.exchange.place(wanted))
    return {"orderId": answer.order_id, "code": answer.code, "message": answer.message}


def close(host: Host, body: Json) -> Json:
    """Close a position at the platform's own screen; legs stay."""
    known_only(body, "account", "contract")
    account_id, contract_id = account(host, body), contract(host, body)
    answer = host.command(lambda: host.exchange.close(account_id, contract_id, from_platform=True))
    return {"orderId": answer.order_id, "code": answer.code}


def cancel(host: Host, body: Json) -> Json:
    """Cancel one order at the platform's own screen, or (without orderId) every live one."""
    known_only(body, "account", "orderId")
    account_id, order_id = account(host, body), whole(body, "orderId")
    if order_id is None:
        host.command(lambda: host.exchange.cancel_all(account_id))
        return {"code": 0}
    return {"code": host.command(lambda: host.exchange.cancel(account_id, order_id, from_platform=True)).code}


def set_account(host: Host, body: Json) -> Json:
    """Change what the platform decides about an account, and tell it on the hub."""
    known_only(body, "account", *ACCOUNT_FIELDS)
    account_id = account(host, body)
    present = host.exchange.venue.accounts[account_id]
    changes: Json = {}
    for key in ACCOUNT_FIELDS.keys() & body.keys():
        default = getattr(present, ACCOUNT_FIELDS[key])
        changes[ACCOUNT_FIELDS[key]] = (
            number(body, key) if key == "balance" else fitting(key, body[key], default)
        )
    if changes.get("brackets", "position") not in ("auto_oco", "position"):
        raise ControlError("brackets: auto_oco or position")
    host.command(lambda: host.exchange.set_account(account_id, list(changes.items())))
    return {"account": account_id}


def liquidate(host: Host, body: Json) -> Json:
    """Let the platform's own risk control cancel, close and (with block) switch canTrade off."""
    known_only(body, "account", "block")
    account_id, block = account(host, body), body.get("block", True) is True
    host.command(lambda: host.exchange.liquidate(account_id, block=block))
    return {"account": account_id}


def void(host: Host, body: Json) -> Json:
    """Bust a trade: the row is marked and the balance corrected."""
    known_only(body, "tradeId")
    trade_id = whole(body, "tradeId")
    if trade_id not in host.exchange.venue.trades:
        raise ControlError(f"tradeId: {trade_id!r} is no trade")
    host.command(lambda: host.exchange.void(trade_id))
    return {"tradeId": trade_id, "voided": True}


def clock(host: Host, body: Json) -> Json:
    """Set the clock ahead (`advance` seconds, or `to` a time), its speed, or a false `Date` header (`skew` seconds)."""
    known_only(body, "advance", "to", "speed", "skew")
    speed, skew, seconds = number(body, "speed"), number(body, "skew"), number(body, "advance")
    if speed is not None:
        if speed <= 0:
            raise ControlError("speed: must be above 0")
        host.clock.set_speed(float(speed))
    if skew is not None:
        host.clock.skew = int(skew * SECOND)
    try:
        if seconds is not None:
            host.jump_to(host.clock.now() + int(seconds * SECOND))
        if "to" in body:
            host.jump_to(parse(str(body["to"])))
    except ValueError as error:
        raise ControlError(f"clock: {error}") from error
    return {"now": iso(host.clock.now(), 7), "speed": Decimal(str(host.clock.speed))}


def settings(host: Host, body: Json) -> Json:
    """Switch how the venue behaves, the life of tokens, and the request budgets (0 is no limit)."""
    names = [field.name for field in fields(Settings) if field.name != "market_step_ms"]
    known_only(body, *names, *SERVER_SETTINGS)
    for name, value in body.items():
        if name in names:
            change(host.exchange.venue.settings, name, value)
    host.sessions.life_seconds = whole(body, "token_life_seconds") or host.sessions.life_seconds
    if "login_code" in body:
        host.sessions.forced_code = whole(body, "login_code") or 0
    for name in ("ping_seconds", "silence_seconds", "one_session"):
        if name in body:
            setattr(host, name, fitting(name, body[name], getattr(host, name)))
    if "requests_per_minute" in body:
        host.limits.general.most = whole(body, "requests_per_minute") or 0
    if "bars_per_half_minute" in body:
        host.limits.bars.most = whole(body, "bars_per_half_minute") or 0
    return {"ok": True}
