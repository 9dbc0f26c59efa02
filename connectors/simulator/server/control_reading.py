"""Reading what the control door is told, and the mistakes it answers with HTTP 400 and one sentence."""

from decimal import Decimal
from typing import Any

from connectors.simulator.core.trader import contract_id
from connectors.simulator.server.host import Host


class ControlError(Exception):
    """What was asked makes no sense; the text says why."""


def account(host: Host, body: dict[str, Any]) -> int:
    """Return the account that is meant. With one account only it may be left out."""
    known = host.exchange.venue.accounts
    wanted = body.get("account", next(iter(known)) if len(known) == 1 else None)
    if wanted not in known:
        raise ControlError(f"account: {wanted!r} is none of {', '.join(map(str, known))}")
    return int(wanted)


def contract(host: Host, body: dict[str, Any]) -> str:
    """Return the id of the contract that is meant by id, name or symbol."""
    try:
        return contract_id(host.exchange, str(body.get("contract", "")))
    except ValueError as error:
        raise ControlError(f"contract: {error}") from error


def number(body: dict[str, Any], name: str) -> Decimal | None:
    """Return a number or None."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ControlError(f"{name}: {value!r} is no number")
    return Decimal(value)


def whole(body: dict[str, Any], name: str) -> int | None:
    """Return a whole number or None."""
    value = body.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ControlError(f"{name}: {value!r} is no whole number")


def fitting(name: str, value: Any, default: Any) -> Any:
    """Return `value` if it is of the kind of `default` (a whole number will do for a fraction)."""
    if isinstance(default, float) and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return float(value)
    if default is not None and type(value) is not type(default):
        raise ControlError(f"{name}: {value!r} does not fit, it must be like {default!r}")
    return value


def known_only(body: dict[str, Any], *names: str) -> None:
    """Refuse a misspelled field: on the control door nothing is dropped in silence."""
    unknown = sorted(set(body) - set(names))
    if unknown:
        raise ControlError(f"unknown field {unknown[0]!r}; known are {', '.join(names)}")
