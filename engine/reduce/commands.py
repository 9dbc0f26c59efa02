"""What became of our requests, and the guard's own start."""

from dataclasses import replace

from engine.commands import (
    CancelOrder,
    ClosePosition,
    Command,
    MoveStop,
    PlaceStop,
    ReducePosition,
    ResizeOrder,
    TakeSnapshot,
)
from engine.enforcement import InFlight, OwnAct, Progress
from engine.events import Answer, CommandAnswered, CommandSent, GuardStarted, Refusal
from engine.outcome import DecisionKind
from engine.reduce.flight import EFFECT_WAIT, GONE_WAIT, QUARANTINE
from engine.reduce.own import answered_now, is_remembered, never_an_order
from engine.reduce.quiet import SNAPSHOT, keep_quiet, quiet_key
from engine.rule import Topic
from engine.units import Instant
from engine.venue import Side
from engine.work import Work


def sent(work: Work, event: CommandSent) -> None:
    """Note when a request went out."""
    flight = work.state.in_flight.get(event.command)
    if flight is None:
        return
    work.put("in_flight", event.command, replace(flight, sent_at=work.state.now))
    _remember_own(work, flight.command, work.state.now)
    record = work.state.enforcements.get(flight.command.enforcement)
    if record is not None and record.sent_at is None:
        work.put("enforcements", record.id, replace(record, sent_at=work.state.now))


def answered(work: Work, event: CommandAnswered) -> None:
    """Note the answer, and how long to keep quiet when it was no."""
    flight = work.state.in_flight.get(event.command)
    if flight is None:
        return
    if isinstance(flight.command, TakeSnapshot):
        work.put("in_flight", event.command, None)
        keep_quiet(work, SNAPSHOT)
        return
    match event.answer:
        case Answer.ACCEPTED:
            answered_now(work, event.command)
            _accepted(work, flight, event)
        case Answer.REFUSED:
            _refused(work, flight, event)
        case Answer.UNKNOWN:
            answered_now(work, event.command)
            keep_quiet(work, quiet_key(flight.command))
            _wait(work, flight, event, QUARANTINE)


def started(work: Work, _event: GuardStarted) -> None:
    """After a restart nobody knows what became of requests: each is of unknown outcome, and nothing is synced.

    One that went out while the disk took nothing is not known as sent, and yet may have become an order.
    """
    for key, flight in list(work.state.in_flight.items()):
        if isinstance(flight.command, TakeSnapshot):
            work.put("in_flight", key, None)
        else:
            if flight.sent_at is None:
                _remember_own(work, flight.command, flight.made_at)
            due = Instant(work.state.now + QUARANTINE)
            work.put(
                "in_flight",
                key,
                replace(flight, answer=Answer.UNKNOWN, answered_at=work.state.now, deadline=due),
            )
    if work.state.synced_at is None and not work.state.started_at:
        work.set(started_at=work.state.now)
    work.set(links={}, quotes={}, is_confirmed=False, is_store_failing=False)
    work.changed.update(Topic)


def _accepted(work: Work, flight: InFlight, event: CommandAnswered) -> None:
    record = work.state.enforcements.get(flight.command.enforcement)
    if record is not None and record.acked_at is None:
        work.put("enforcements", record.id, replace(record, acked_at=work.state.now))
    _wait(work, flight, event, EFFECT_WAIT)


def _refused(work: Work, flight: InFlight, event: CommandAnswered) -> None:
    never_an_order(work, event.command)
    if event.refusal is Refusal.STALE:
        # Whether it is still wanted shows at once, on what is known now.
        work.put("in_flight", event.command, None)
        return
    keep_quiet(work, quiet_key(flight.command), is_hopeless=event.refusal is Refusal.FORBIDDEN)
    if _may_be_gone(flight.command, event.refusal):  # read before anything is asked again
        _wait(work, flight, event, GONE_WAIT)
    else:
        work.put("in_flight", event.command, None)
    record = work.state.enforcements.get(flight.command.enforcement)
    if record is not None:
        is_hopeless = event.refusal is Refusal.FORBIDDEN
        progress = Progress.ESCALATED if is_hopeless else record.progress
        work.put("enforcements", record.id, replace(record, text=event.text, progress=progress))
    if isinstance(flight.command, MoveStop | PlaceStop) and event.refusal is Refusal.FORBIDDEN:
        _say_stop_is_forbidden(work, flight.command, event.text)


def _say_stop_is_forbidden(work: Work, command: MoveStop | PlaceStop, text: str) -> None:
    """Tell people that a stop is not where a rule wants it; a stop has no enforcement record that could say so."""
    what = "moved" if isinstance(command, MoveStop) else "placed"
    words = f"The venue does not let the guard have a stop {what} in {work.state.root(command.contract)}"
    why = f" ({text})" if text else ""
    message = f"{words}{why}. Look after the stop yourself; tried again each minute."
    work.decide(DecisionKind.WARN, command.rule, subject=command.contract, message=message)


def _may_be_gone(command: Command, refusal: Refusal | None) -> bool:
    """Say whether it may already be as wanted. The venue has no word of its own for an order that is over."""
    is_order = isinstance(command, CancelOrder | ResizeOrder | MoveStop)
    return refusal is Refusal.GONE or (is_order and refusal in (Refusal.PAUSED, Refusal.OTHER))


def _wait(work: Work, flight: InFlight, event: CommandAnswered, length: int) -> None:
    due = Instant(work.state.now + length)
    waiting = replace(flight, answer=event.answer, answered_at=work.state.now, deadline=due)
    work.put("in_flight", event.command, waiting)


def _remember_own(work: Work, command: Command, at: Instant) -> None:
    if not isinstance(command, ClosePosition | ReducePosition):
        return
    held = work.state.size(command.contract)
    if held == 0:
        return
    side = Side.SELL if held > 0 else Side.BUY
    size = command.size if isinstance(command, ReducePosition) else abs(held)
    recent = tuple(act for act in work.state.own_acts if is_remembered(work.state, act))
    work.set(own_acts=(*recent, OwnAct(command.contract, side, size, at, None, command.id)))
