"""User-hub events: unwrapped, decoded, and never an exception."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from connectors.failures import Unreadable
from connectors.topstepx.decode.fields import Row
from connectors.topstepx.decode.rows import account_from, fill_from, order_from, position_from
from engine.events import AccountEvent, AccountSeen, FillSeen, OrderSeen, PositionSeen
from engine.units import Instant


@dataclass(slots=True)
class Heard:
    """What one frame told: events, the venue's own stamp of the newest of them, and what was unreadable."""

    events: list[AccountEvent] = field(default_factory=list)
    stamp: Instant | None = None
    problems: list[str] = field(default_factory=list)


def hear(target: str, arguments: object, at: Instant) -> Heard:
    """Return what a user-hub event says. Anything that cannot be read becomes a problem, never an exception."""
    heard = Heard()
    try:
        read = _READERS[target]
        for content in _contents(arguments):
            try:
                event, stamp = read(content, at)
            except Unreadable as error:
                heard.problems.append(f"{target}: {error}")
                continue
            heard.events.append(event)
            if stamp is not None:
                heard.stamp = max(stamp, heard.stamp or stamp)
    except Unreadable as error:
        heard.problems.append(f"{target}: {error}")
    if not heard.events and not heard.problems:
        heard.problems.append(f"{target}: the event is empty")
    return heard


def _contents(arguments: object) -> Iterator[object]:
    """Yield the objects inside the arguments: bare, wrapped as {action, data}, or a list of either."""
    if not isinstance(arguments, list) or not arguments:
        raise Unreadable("the event is empty")
    for argument in arguments:
        for item in argument if isinstance(argument, list) else [argument]:
            yield item["data"] if isinstance(item, dict) and "data" in item else item


def _account(content: object, at: Instant) -> tuple[AccountEvent, Instant | None]:
    account, status = account_from(content)
    return AccountSeen(at, account, status), None


def _order(content: object, at: Instant) -> tuple[AccountEvent, Instant | None]:
    row = Row(content, "an order")
    return OrderSeen(at, row.whole("accountId"), order_from(content, at)), row.instant_or_none(
        "updateTimestamp"
    )


def _position(content: object, at: Instant) -> tuple[AccountEvent, Instant | None]:
    row = Row(content, "a position")
    return PositionSeen(at, row.whole("accountId"), position_from(content, at)), None


def _fill(content: object, at: Instant) -> tuple[AccountEvent, Instant | None]:
    row = Row(content, "a fill")
    fill = fill_from(content)
    return FillSeen(at, row.whole("accountId"), fill), fill.executed_at


_READERS: dict[str, Callable[[Any, Instant], tuple[AccountEvent, Instant | None]]] = {
    "GatewayUserAccount": _account,
    "GatewayUserOrder": _order,
    "GatewayUserPosition": _position,
    "GatewayUserTrade": _fill,
}

USER_TARGETS = tuple(_READERS)
