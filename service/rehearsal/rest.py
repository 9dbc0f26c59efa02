"""The venue's REST side with everything that can go wrong on the way there and back."""

from collections.abc import Callable
from decimal import Decimal

from connectors.simulator.core.answers import Answer as VenueAnswer
from connectors.simulator.core.changing import ModifyRequest
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.kinds import OrderType
from connectors.simulator.core.kinds import Side as VenueSide
from connectors.simulator.core.placing import PlaceRequest
from connectors.topstepx.rest import refusals
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.settings import TimeSource
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
from engine.events import Answer, CommandAnswered, Event, Refusal
from engine.units import PRICE_SCALE
from engine.venue import Side
from service.rehearsal.stage import Stage

Verdict = tuple[Answer, Refusal | None]
Reply = Callable[[Event], None]

SOONEST_MS, LATEST_MS = 5, 60
"""One way of a healthy request."""

ANSWERS_BEFORE_READING = 3
"""The login, the contracts, the accounts (`TopstepxGateway.connect` in `connectors/topstepx/gateway.py`)."""

FAULTS = ("limited", "refused", "error", "hang_before", "hang_after", "executed_late", "slow")


class Rest:
    """Carries requests to the exchange. Every request gets an answer, except when the guard died meanwhile.

    `meddle` lets the trader act on a contract just before a request about it is carried out.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._random = stage.chance("rest")
        self._meddling = stage.chance("same instant")
        self.meddle: Callable[[str], None] = lambda contract: None
        self.is_down = False
        self.is_halted = False
        self.under_way = 0
        self._hanging = 0

    def comes_back(self) -> None:
        """Let requests pass again."""
        self.is_down = False

    def goes_on(self) -> None:
        """End the pause of the exchange, in which it takes no order."""
        self.is_halted = False

    def log_in(self) -> None:
        """Bring the venue's time with each answer that a process gets before any reading, unless nothing passes."""
        for _ in range(0 if self.is_down else ANSWERS_BEFORE_READING):
            self._stage.spoken(TimeSource.DATE_HEADER)

    def way(self) -> float:
        """Return how long one way takes, in milliseconds."""
        return self._random.uniform(SOONEST_MS, LATEST_MS)

    def send(self, command: Command, reply: Reply) -> None:
        """Carry out a command, or not; `reply` gets what the guard hears of it."""
        self.under_way += 1
        fault = self._fault()
        wait = self._random.choice((300, 10_000))
        there, back = self.way(), self.way()
        after = self._stage.clockwork.after
        match fault:
            case "down":
                after(self._random.choice((20, 3000)), lambda: self._answer(command, _UNKNOWN, reply))
            case "limited":
                after(there + back, lambda: self._answer(command, _LIMITED, reply))
            case "refused":
                after(there + back, lambda: self._answer(command, _PAUSED, reply))
            case "error":
                after(there + back, lambda: self._answer(command, _UNKNOWN, reply))
            case "hang_before":
                self._hang(command, wait, reply)
            case "hang_after":
                after(there, lambda: self._carry_out(command))
                self._hang(command, wait, reply)
            case "executed_late":
                after(there + back, lambda: self._answer(command, _UNKNOWN, reply))
                after(there + back + self._random.uniform(0, 2950), lambda: self._carry_out(command))
            case _:
                there += self._random.uniform(500, 2500) if fault == "slow" else 0
                after(there, lambda: self._arrive(command, back, reply))

    @property
    def is_hanging(self) -> bool:
        """Whether a request from before is still without its answer, and will get none."""
        return self._hanging > 0

    def _hang(self, command: Command, milliseconds: float, reply: Reply) -> None:
        self._hanging += 1

        def end() -> None:
            self._hanging -= 1
            self._answer(command, _UNKNOWN, reply)

        self._stage.clockwork.after(milliseconds, end)

    def _fault(self) -> str:
        if not self._stage.may_ask(Use.ENFORCEMENT, 1):
            return "limited"
        if self.is_down:
            return "down"
        for name in FAULTS:
            if self._stage.strikes(self._random, name):
                return name
        return ""

    def _arrive(self, command: Command, back: float, reply: Reply) -> None:
        verdict = self._perform(command)
        self._stage.clockwork.after(back, lambda: self._answer(command, verdict, reply))

    def _answer(self, command: Command, verdict: Verdict, reply: Reply) -> None:
        self.under_way -= 1
        stage = self._stage
        if verdict is not _UNKNOWN:
            stage.spoken(TimeSource.DATE_HEADER)
            stage.reached(True)
        elif self.is_down:
            stage.reached(False)
        reply(CommandAnswered(stage.trusted(), stage.account, command.id, *verdict))

    def _carry_out(self, command: Command) -> None:
        self._perform(command)

    def _perform(self, command: Command) -> Verdict:
        stage = self._stage
        stage.note(f"venue executes {command}")
        if not isinstance(command, TakeSnapshot) and stage.strikes(self._meddling, "same_instant"):
            self.meddle(command.contract)
        if self.is_halted and isinstance(command, ClosePosition | ReducePosition | PlaceStop):
            return _PAUSED
        stage.listener.executing(command)
        answer, path = ask(self._stage.exchange, self._stage.account, command)
        if answer.order_id is not None and answer.success:
            stage.ours[answer.order_id] = command
            stage.listener.accepted(command, answer.order_id)
        if answer.success:
            return Answer.ACCEPTED, None
        if path == PLACE:
            return Answer.REFUSED, Refusal.OTHER
        return refusals.meaning_of(path, answer.code)[1]


PLACE = "/api/Order/place"
_UNKNOWN: Verdict = (Answer.UNKNOWN, None)
_LIMITED: Verdict = (Answer.REFUSED, Refusal.LIMITED)
_PAUSED: Verdict = (Answer.REFUSED, Refusal.PAUSED)


def ask(exchange: Exchange, account: int, command: Command) -> tuple[VenueAnswer, str]:
    """Ask the exchange for what a command says; return its answer and the endpoint that gave it."""
    match command:
        case ClosePosition(contract=contract):
            return exchange.close(account, contract), refusals.CLOSE
        case ReducePosition(contract=contract, size=size):
            return exchange.partial_close(account, contract, size), refusals.PARTIAL_CLOSE
        case CancelOrder(order_id=order_id):
            return exchange.cancel(account, order_id), refusals.CANCEL
        case ResizeOrder(order_id=order_id, size=size):
            return exchange.modify(ModifyRequest(account, order_id, size=size)), refusals.MODIFY
        case MoveStop(order_id=order_id, price=price):
            level = Decimal(price) / PRICE_SCALE
            return exchange.modify(ModifyRequest(account, order_id, stop_price=level)), refusals.MODIFY
        case PlaceStop():
            return exchange.place(_stop(account, command)), PLACE
        case TakeSnapshot():
            raise AssertionError("a snapshot is read, not executed")


def _stop(account: int, command: PlaceStop) -> PlaceRequest:
    return PlaceRequest(
        account,
        command.contract,
        OrderType.STOP,
        VenueSide.BUY if command.side is Side.BUY else VenueSide.SELL,
        command.size,
        stop_price=Decimal(command.price) / PRICE_SCALE,
        tag=command.tag,
    )
