"""Stops that rules ask for: moved and placed like any request, but recorded as decisions, not as enforcements."""

from engine.cause import show_price
from engine.commands import Command, MoveStop, PlaceStop
from engine.enforcement import InFlight
from engine.outcome import DecisionKind
from engine.reconcile.steps import Move, Place, StopStep
from engine.reconcile.stops import stop_steps
from engine.reduce.flight import ANSWER_WAIT
from engine.reduce.quiet import quiet_key
from engine.targets import Target
from engine.units import Instant
from engine.work import Work


def manage_stops(work: Work, wanted: dict[str, Target]) -> None:
    """Ask for stops where rules want them tighter or want one at all."""
    for _, target in sorted(wanted.items()):
        for step in stop_steps(work.state, target):
            _ask(work, target, step)


def _ask(work: Work, target: Target, step: StopStep) -> None:
    reason = target.stop_reason
    command = _command(work, step, reason.rule if reason else "")
    key = quiet_key(command)
    quiet = work.state.quiet.get(key)
    is_quiet = quiet is not None and quiet.until > work.state.now
    if is_quiet or any(quiet_key(flight.command) == key for flight in work.state.in_flight.values()):
        return
    work.next_id("C")
    work.commands.append(command)
    work.put(
        "in_flight", command.id, InFlight(command, work.state.now, Instant(work.state.now + ANSWER_WAIT))
    )
    if isinstance(command, MoveStop):
        work.put("moved", str(command.order_id), work.state.now)
    work.decide(
        DecisionKind.STOP,
        reason.rule if reason else "",
        tier=reason.tier if reason else "",
        subject=target.contract,
        message=reason.text if reason else "",
        wants=(_words(work, command),),
    )


def _command(work: Work, step: StopStep, rule: str) -> MoveStop | PlaceStop:
    name = f"C{work.state.serial + 1}"
    match step:
        case Move(contract=contract, order_id=order_id, price=price):
            return MoveStop(name, "", contract, order_id, price, rule)
        case Place(contract=contract, side=side, size=size, price=price):
            tag = f"risk-{work.state.started_at:x}-{name}"
            return PlaceStop(name, "", contract, side, size, price, tag, rule)


def _words(work: Work, command: Command) -> str:
    match command:
        case MoveStop(contract=contract, price=price):
            return f"move_stop {work.state.root(contract)} {show_price(price)}"
        case PlaceStop(contract=contract, price=price):
            return f"require_stop {work.state.root(contract)} {show_price(price)}"
        case _:
            return ""
