"""The control door, /sim: for tests and scripts on this machine, without a token."""

import ipaddress
from collections.abc import Callable
from typing import Any

from aiohttp import web

from connectors.simulator.server import control_faults, control_market, control_state
from connectors.simulator.server.control_reading import ControlError
from connectors.simulator.server.host import HOST, Host
from connectors.simulator.server.json_text import dump, load

DOORS: dict[str, Callable[[Host, dict[str, Any]], dict[str, Any]]] = {
    "/sim/price": control_market.price,
    "/sim/trade": control_market.trade,
    "/sim/close": control_market.close,
    "/sim/cancel": control_market.cancel,
    "/sim/account": control_market.set_account,
    "/sim/liquidate": control_market.liquidate,
    "/sim/void": control_market.void,
    "/sim/clock": control_market.clock,
    "/sim/settings": control_market.settings,
    "/sim/state": control_state.state,
    "/sim/connections": control_state.connections,
    "/sim/script": control_state.script,
    "/sim/burst": control_state.burst,
    "/sim/faults/rest": control_faults.rest,
    "/sim/faults/hub": control_faults.hub,
    "/sim/faults/cut": control_faults.cut,
    "/sim/faults/send": control_faults.send,
    "/sim/faults/logout": control_faults.logout,
    "/sim/faults/expire_tokens": control_faults.expire_tokens,
    "/sim/faults/odd": control_faults.odd,
    "/sim/faults/restart": control_faults.restart,
    "/sim/faults/clear": control_faults.clear,
}


async def answer(request: web.Request) -> web.Response:
    """Do what was asked; HTTP 400 and one sentence if it makes no sense."""
    if not ipaddress.ip_address(request.remote or "0.0.0.0").is_loopback:  # noqa: S104 - compared, never bound
        return _json(403, {"error": "the control door answers this machine only"})
    try:
        raw = await request.read()
        body = load(raw) if raw.strip() else {}
        if not isinstance(body, dict):
            raise ControlError("the body must be a JSON object")
        return _json(200, DOORS[request.path](request.app[HOST], body))
    except (ControlError, ValueError, TypeError) as error:
        return _json(400, {"error": str(error)})


def _json(status: int, reply: dict[str, Any]) -> web.Response:
    return web.Response(status=status, text=dump(reply), content_type="application/json")
