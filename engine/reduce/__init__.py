"""How each event changes what is known. Nothing is judged here."""

from typing import assert_never

from engine.events import (
    AccountSeen,
    ClockTick,
    CommandAnswered,
    CommandSent,
    FillSeen,
    GuardStarted,
    InstrumentsSeen,
    LinkSeen,
    LockLifted,
    LockRequested,
    OrderSeen,
    PositionSeen,
    QuoteSeen,
    RulesArmed,
    SnapshotTaken,
)
from engine.own_events import ContractsWatched, StoreSeen
from engine.reduce.commands import answered, sent, started
from engine.reduce.fills import fills_seen
from engine.reduce.orders import order_heard
from engine.reduce.outside import account_heard, instruments_seen, link_seen, quote_seen, store_seen
from engine.reduce.people import lock_lifted, lock_requested
from engine.reduce.positions import interested_in, position_heard
from engine.reduce.rules import rules_armed
from engine.reduce.snapshot import snapshot_taken
from engine.work import Work


def reduce(work: Work) -> None:  # noqa: C901  one line an event: it reads as the table it is
    """Fold the event into the state and note which topics it changed."""
    match work.event:
        case ClockTick():
            pass
        case InstrumentsSeen() as event:
            instruments_seen(work, event)
        case LinkSeen() as event:
            link_seen(work, event)
        case StoreSeen() as event:
            store_seen(work, event)
        case QuoteSeen() as event:
            quote_seen(work, event)
        case AccountSeen() as event:
            account_heard(work, event.status)
        case PositionSeen() as event:
            position_heard(work, event.position)
        case OrderSeen() as event:
            order_heard(work, event.order)
        case FillSeen() as event:
            fills_seen(work, (event.fill,))
        case SnapshotTaken() as event:
            snapshot_taken(work, event)
        case CommandSent() as event:
            sent(work, event)
        case CommandAnswered() as event:
            answered(work, event)
        case LockRequested() as event:
            lock_requested(work, event)
        case LockLifted() as event:
            lock_lifted(work, event)
        case ContractsWatched() as event:
            for contract in event.contracts:
                interested_in(work, contract)
        case GuardStarted() as event:
            started(work, event)
        case RulesArmed() as event:
            rules_armed(work, event)
        case _ as never:
            assert_never(never)
