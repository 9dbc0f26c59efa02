"""The methods that a client may call on the two hubs, as one table; and how a call is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from connectors.simulator.server.host import Host
from connectors.simulator.server.hub_events import RECORD_END, depth_message, full_quote_message
from connectors.simulator.server.hub_link import HubLink
from connectors.simulator.server.json_text import dump

NO_METHOD = "Failed to invoke '{}' due to an error on the server. HubException: Method does not exist."
BAD_ARGUMENTS = "Failed to invoke '{}' due to an error on the server."


@dataclass(frozen=True, slots=True)
class Method:
    """One subscription: its group, what its argument is, and what is pushed at once."""

    group: str
    argument: type[int] | type[str] | None
    greet: Callable[[Host, HubLink, str], None] | None = None


def _send_quote(host: Host, link: HubLink, contract_id: str) -> None:
    market = host.exchange.venue.markets.get(contract_id)
    if market:
        link.send(full_quote_message(market.quote(), host.exchange.venue).text)


def _send_depth(host: Host, link: HubLink, contract_id: str) -> None:
    market = host.exchange.venue.markets.get(contract_id)
    if market:
        link.send(depth_message(market.quote(), host.exchange.venue).text)


METHODS: dict[str, dict[str, Method]] = {
    "user": {
        "accounts": Method("accounts", None),
        "orders": Method("orders", int),
        "positions": Method("positions", int),
        "trades": Method("trades", int),
    },
    "market": {
        "contractquotes": Method("quotes", str, _send_quote),
        "contracttrades": Method("prints", str),
        "contractmarketdepth": Method("depth", str, _send_depth),
    },
}


def call(host: Host, link: HubLink, message: dict[str, Any]) -> None:
    """Do one invocation; send a completion if it has an id. Method names are found whatever their case."""
    target, arguments = str(message.get("target", "")), message.get("arguments", [])
    error = _subscribe(host, link, target, arguments if isinstance(arguments, list) else [])
    if "invocationId" in message and not link.faults.no_completions:
        result: dict[str, Any] = {"result": None} if error is None else {"error": error}
        link.send_now(dump({"type": 3, "invocationId": message["invocationId"], **result}) + RECORD_END)
    if error is None:
        _greet(host, link, target, arguments)


def _subscribe(host: Host, link: HubLink, target: str, arguments: list[Any]) -> str | None:
    wanted = target.lower()
    adding = wanted.startswith("subscribe")
    method = METHODS[link.hub].get(wanted.removeprefix("un").removeprefix("subscribe"))
    if method is None or not wanted.removeprefix("un").startswith("subscribe"):
        return NO_METHOD.format(target)
    keys = _keys(host, link, method, arguments)
    if keys is None:
        return BAD_ARGUMENTS.format(target)
    if adding:
        link.subscriptions.update(keys)
    else:
        link.subscriptions.difference_update(keys)
    return None


def _keys(
    host: Host, link: HubLink, method: Method, arguments: list[Any]
) -> set[tuple[str, int | str]] | None:
    """Return the subscriptions meant, or None if the arguments do not fit or the account is somebody else's."""
    if method.argument is None:
        accounts = host.exchange.venue.accounts.values()
        return None if arguments else {(method.group, a.id) for a in accounts if a.login == link.login}
    if len(arguments) != 1 or type(arguments[0]) is not method.argument:
        return None
    key: int | str = arguments[0]
    if isinstance(key, int) and host.account_of(link.login, key) is None:
        return None
    return {(method.group, key)}


def _greet(host: Host, link: HubLink, target: str, arguments: list[Any]) -> None:
    method = METHODS[link.hub].get(target.lower().removeprefix("subscribe"))
    if method and method.greet:
        method.greet(host, link, arguments[0])
