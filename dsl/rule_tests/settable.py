"""Facts that a test may set, and how: only what the venue or the operator tells, never what follows from it."""

from dataclasses import dataclass, replace
from typing import Literal

from dsl.rule_tests.world import World
from engine.events import Link, LinkSeen
from engine.units import Instant, Money

Value = Literal["money", "yes/no", "time", "unknown"]

SETTABLE: dict[str, tuple[Value, ...]] = {
    "account.can_trade": ("yes/no", "unknown"),
    "account.is_listed": ("yes/no", "unknown"),
    "account.balance": ("money", "unknown"),
    "account.start_balance": ("money", "unknown"),
    "account.eod_balance": ("money", "unknown"),
    "account.eod_high": ("money", "unknown"),
    "account.operator_floor": ("money", "unknown"),
    "account.last_payout": ("time", "unknown"),
    "connection.is_live": ("yes/no",),
    "connection.has_login": ("yes/no",),
    "day.realized_pnl": ("unknown",),
    "news.high_impact": ("unknown",),
}
"""What each field may be set to. Results follow from `trade`, `open`, `price` and `close` steps."""


@dataclass(frozen=True, slots=True)
class At:
    """A time of day, in microseconds since midnight."""

    since_midnight: int


Written = int | bool | At | None


def kind_of(value: Written) -> Value:
    """Return what a written value is."""
    if isinstance(value, At):
        return "time"
    if value is None:
        return "unknown"
    return "yes/no" if isinstance(value, bool) else "money"


def set_field(world: World, field: str, value: int | bool | Instant | None) -> None:
    """Make a fact so at the venue. The field and its kind were checked when the test was read."""
    family, name = field.split(".")
    if family == "connection":
        _set_link(world, name, is_live=bool(value))
    elif field in ("account.can_trade", "account.is_listed", "account.balance"):
        _set_status(world, name, value)
    elif field == "account.last_payout":
        world.change_settings(lambda old: replace(old, payout=None if value is None else Instant(value)))
        world.rearm()
    elif field == "day.realized_pnl":
        world.forget_fills()
    elif field == "news.high_impact":
        world.change_settings(lambda old: replace(old, news=None))
        world.rearm()
    else:
        _set_figure(world, name, value)


def _set_link(world: World, name: str, *, is_live: bool) -> None:
    """`is_live` is both ways to see the account, so that without it the guard is blind."""
    links = (Link.LOGIN,) if name == "has_login" else (Link.USER_HUB, Link.REST)
    for link in links:
        world.hear(LinkSeen(world.now, link, is_live))


def _set_status(world: World, name: str, value: int | bool | None) -> None:
    venue = world.venue
    if value is None:
        world.forget_status(listing=name == "is_listed")
        return
    if name == "is_listed":
        venue.is_listed = bool(value)
    elif name == "can_trade":
        venue.status = replace(venue.status, can_trade=bool(value))
    else:
        venue.status = replace(venue.status, balance=Money(int(value)))
    world.look()


def _set_figure(world: World, name: str, value: int | bool | None) -> None:
    def change(figures: dict[str, Money]) -> dict[str, Money]:
        others = {key: amount for key, amount in figures.items() if key != name}
        return others if value is None else {**others, name: Money(int(value))}

    world.change_settings(lambda old: replace(old, figures=change(dict(old.figures))))
    world.rearm()
