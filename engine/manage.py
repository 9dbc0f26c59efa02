"""Stops that rules ask for: moved and placed like any request, but recorded as decisions, not as enforcements."""

from engine.cause import show_price
from engine.commands import CancelOrder, Command, MoveStop, PlaceStop, ResizeOrder
from engine.enforcement import InFlight
from engine.outcome import DecisionKind
from engine.reconcile.steps import Cancel, Move, Place, Resize, StopStep
from engine.reconcile.stops import stop_steps
from engine.reduce.flight import ANSWER_WAIT
from engine.reduce.quiet import quiet_key
from engine.targets import Target
from engine.units import Instant
from engine.venue import OWN_TAG
from engine.work import Work

StopCommand = MoveStop | PlaceStop | CancelOrder | ResizeOrder


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
        message=_why(work, command) or (reason.text if reason else ""),
        wants=_words(work, command),
    )


def _command(work: Work, step: StopStep, rule: str) -> StopCommand:
    name = f"C{work.state.serial + 1}"
    match step:
        case Move(contract=contract, order_id=order_id, price=price):
            return MoveStop(name, "", contract, order_id, price, rule)
        case Place(contract=contract, side=side, size=size, price=price):
            tag = f"{OWN_TAG}{work.state.started_at:x}-{name}"
            return PlaceStop(name, "", contract, side, size, price, tag, rule)
        case Cancel(contract=contract, order_id=order_id):
            return CancelOrder(name, "", contract, order_id)
        case Resize(contract=contract, order_id=order_id, size=size):
            return ResizeOrder(name, "", contract, order_id, size)


def _words(work: Work, command: Command) -> tuple[str, ...]:
    match command:
        case MoveStop(contract=contract, price=price):
            return (f"move_stop {work.state.root(contract)} {show_price(price)}",)
        case PlaceStop(contract=contract, price=price):
            return (f"require_stop {work.state.root(contract)} {show_price(price)}",)
        case _:
            return ()


def _why(work: Work, command: Command) -> str:
    """Return why a stop of our own goes or shrinks: no rule says so, it follows from placing it."""
    match command:
        case CancelOrder(contract=contract):
            why = "its position is gone" if _is_useless(work, command) else "another stop covers its position"
            return f"{work.state.root(contract)}: the guard takes back the stop it placed: {why}."
        case ResizeOrder(contract=contract):
            return f"{work.state.root(contract)}: the guard's own stop shrinks to what is held and no other covers."
        case _:
            return ""


def _is_useless(work: Work, command: CancelOrder) -> bool:
    """Say whether there is nothing that the order could protect."""
    order = work.state.orders[command.order_id]
    return order.side.sign * work.state.size(command.contract) >= 0
