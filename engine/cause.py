"""An event in a few words, for the record of why something was decided."""

from collections.abc import Mapping

from engine.events import (
    AccountSeen,
    CommandAnswered,
    Event,
    FillSeen,
    LinkSeen,
    LockLifted,
    LockRequested,
    OrderSeen,
    PositionSeen,
    QuoteSeen,
)
from engine.instruments import Instrument
from engine.own_events import StoreSeen
from engine.units import PRICE_SCALE, Price


def describe(event: Event, instruments: Mapping[str, Instrument]) -> str:  # noqa: C901  one line an event
    """Return what was heard: `sell 2 MNQ at 25510.25 (fill 3005730402)`."""

    def name(contract: str) -> str:
        known = instruments.get(contract)
        return known.root if known else contract

    match event:
        case FillSeen(fill=fill):
            return (
                f"{fill.side} {fill.size} {name(fill.contract)} at {show_price(fill.price)} (fill {fill.id})"
            )
        case OrderSeen(order=order):
            return f"{order.kind} order to {order.side} {order.size} {name(order.contract)} is {order.status}"
        case PositionSeen(position=position):
            return (
                f"position {name(position.contract)} {position.size:+d}"
                if position.size
                else (f"position {name(position.contract)} flat")
            )
        case QuoteSeen(quote=quote):
            return f"quote {name(quote.contract)}"
        case AccountSeen(status=status):
            return (
                "account gone"
                if status is None
                else f"account row, can trade: {'yes' if status.can_trade else 'no'}"
            )
        case LinkSeen(link=link, is_live=is_live):
            return f"{link} {'up' if is_live else 'down'}"
        case StoreSeen(is_failing=is_failing):
            return "the store cannot be written" if is_failing else "the store can be written again"
        case CommandAnswered(command=command, answer=answer):
            return f"command {command} {answer}"
        case LockRequested(by=by) | LockLifted(by=by):
            return f"asked by {by}"
        case _:
            return _WORDS.get(type(event).__name__, type(event).__name__)


_WORDS = {
    "ClockTick": "time passed",
    "SnapshotTaken": "the venue's own view",
    "GuardStarted": "the guard started",
    "RulesArmed": "rules armed",
    "CommandSent": "request sent",
    "InstrumentsSeen": "contracts listed",
}


def show_price(price: Price) -> str:
    """Return a price as text, without trailing zeros: 25510.25."""
    whole, rest = divmod(abs(price), PRICE_SCALE)
    text = f"{whole}.{rest:09d}".rstrip("0").rstrip(".")
    return f"-{text}" if price < 0 else text
