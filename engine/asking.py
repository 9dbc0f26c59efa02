"""From the steps that are missing to commands: one request at a time for each contract and order."""

from dataclasses import replace

from engine.commands import CancelOrder, ClosePosition, Command, ReducePosition, ResizeOrder
from engine.enforcement import Enforcement, InFlight
from engine.reconcile import Cancel, Close, Reduce, Resize, Step
from engine.reduce.flight import ANSWER_WAIT
from engine.reduce.quiet import quiet_key
from engine.sizes_told import is_explained, least_held
from engine.units import Instant
from engine.work import Work

Act = ClosePosition | ReducePosition | CancelOrder | ResizeOrder


def ask(work: Work, record: Enforcement, steps: list[Step]) -> None:
    """Ask the venue for these steps, but for what it was asked already, or must not be asked again yet."""
    for step in steps:
        command = _command(work, record, step)
        quiet = work.state.quiet.get(quiet_key(command))
        is_quiet = quiet is not None and quiet.until > work.state.now
        if is_quiet or _is_under_way(work, command):
            continue
        work.next_id("C")
        work.commands.append(command)
        now = work.state.now
        is_sure = is_explained(work.state, command.contract)
        flight = InFlight(command, now, Instant(now + ANSWER_WAIT), _expected(work, command), is_sure)
        work.put("in_flight", command.id, flight)
        known = work.state.enforcements[record.id]
        work.put("enforcements", record.id, replace(known, requests=known.requests + 1))


def _command(work: Work, record: Enforcement, step: Step) -> Act:
    name = f"C{work.state.serial + 1}"
    match step:
        case Close(contract=contract):
            return ClosePosition(name, record.id, contract)
        case Reduce(contract=contract, size=size):
            return ReducePosition(name, record.id, contract, size)
        case Cancel(contract=contract, order_id=order_id):
            return CancelOrder(name, record.id, contract, order_id)
        case Resize(contract=contract, order_id=order_id, size=size):
            return ResizeOrder(name, record.id, contract, order_id, size)


def _is_under_way(work: Work, command: Command) -> bool:
    """Say whether the venue was already asked about the same contract's size, or the same order."""
    key = quiet_key(command)
    return any(quiet_key(flight.command) == key for flight in work.state.in_flight.values())


def _expected(work: Work, command: Command) -> int | None:
    match command:
        case ClosePosition():
            return 0
        case ReducePosition(contract=contract, size=size):
            return least_held(work.state, contract) - size
        case _:
            return None
