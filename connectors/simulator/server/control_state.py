"""The control door's view: the whole venue as it is, for tests to compare with; and who is connected."""

from typing import Any

from connectors.simulator.core.instants import iso
from connectors.simulator.core.kinds import Status
from connectors.simulator.core.trader import Trader
from connectors.simulator.server import quote_shapes, shapes
from connectors.simulator.server.control_reading import ControlError, account, contract, known_only, whole
from connectors.simulator.server.host import Host
from connectors.simulator.world_rows import read_step
from connectors.simulator.world_schema import problems_of_script

Json = dict[str, Any]


def state(host: Host, body: Json) -> Json:
    """Return one account (with `account`) or all: positions, all orders, all trades, what still works."""
    known_only(body, "account")
    host.catch_up()
    if "account" in body:
        return {"now": iso(host.clock.now(), 7), **_account(host, account(host, body))}
    venue = host.exchange.venue
    return {
        "now": iso(host.clock.now(), 7),
        "accounts": [_account(host, account_id) for account_id in venue.accounts],
        "quotes": {
            contract_id: quote_shapes.full_quote(market.quote(), market.contract.root)
            for contract_id, market in venue.markets.items()
        },
        "notes": host.exchange.notes,
    }


def connections(host: Host, body: Json) -> Json:
    """Return who is connected to which hub, and how many requests were refused for rate."""
    links = [
        {
            "hub": link.hub,
            "login": link.login,
            "subscriptions": sorted(f"{g} {k}" for g, k in link.subscriptions),
        }
        for link in host.links
    ]
    return {"links": links, "rateRefused": host.limits.refused, "requests": host.requests}


def script(host: Host, body: Json) -> Json:
    """Start a scripted trader on an account: the steps of a world file, as JSON."""
    known_only(body, "account", "script", "loops")
    problems = problems_of_script(body.get("script"))
    if problems:
        raise ControlError(f"script: {'; '.join(problems)}")
    trader = Trader(account(host, body), tuple(map(read_step, body["script"])), body.get("loops") is True)
    for step in trader.steps:
        if step.of:
            contract(host, {"contract": step.of})
    host.command(lambda: trader.start(host.exchange))
    return {"steps": len(trader.steps)}


def burst(host: Host, body: Json) -> Json:
    """Let the market of a contract move `count` times, as fast as can be or `perSecond`; returns at once."""
    known_only(body, "contract", "count", "perSecond")
    contract_id, count = contract(host, body), whole(body, "count") or 1000
    host.background(host.burst(contract_id, count, whole(body, "perSecond") or 0))
    return {"contract": contract_id, "count": count}


def _account(host: Host, account_id: int) -> Json:
    venue = host.exchange.venue
    names = venue.catalogue.contracts
    orders = [order for order in venue.orders.values() if order.account_id == account_id]
    positions = [position for position in venue.positions.values() if position.account_id == account_id]
    working = [order.id for order in orders if order.is_live and order.status != Status.SUSPENDED]
    return {
        "account": shapes.account(venue.accounts[account_id]),
        "positions": [shapes.position(p, names[p.contract_id].display_name, shapes.REST) for p in positions],
        "orders": [shapes.order_with_trail(o, names[o.contract_id].tick_size, shapes.REST) for o in orders],
        "trades": [shapes.trade(t, shapes.REST) for t in venue.trades.values() if t.account_id == account_id],
        "flat": not positions,
        "working": working,
        "suspended": [order.id for order in orders if order.status == Status.SUSPENDED],
    }
