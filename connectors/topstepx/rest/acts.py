"""Commands sent to the venue: each exactly once, and every way it can end has an answer."""

from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from connectors.failures import ConnectorError, LoginRefused, RateLimited, Refused
from connectors.topstepx.rest.caller import Caller
from connectors.topstepx.rest.envelope import verdict_of
from connectors.topstepx.rest.refusals import CANCEL, CLOSE, MODIFY, PARTIAL_CLOSE, PLACE, meaning_of
from connectors.topstepx.wording import LOG, plain
from engine.commands import CancelOrder, ClosePosition, MoveStop, PlaceStop, ReducePosition, ResizeOrder
from engine.events import Answer, CommandAnswered, Refusal
from engine.units import PRICE_SCALE, Instant, Price
from engine.venue import Side

Act = ClosePosition | ReducePosition | CancelOrder | ResizeOrder | MoveStop | PlaceStop
_STOP = 4
_SIDES = {Side.BUY: 0, Side.SELL: 1}
_Outcome = tuple[Answer, Refusal | None, str]


class Acts:
    """Sends what changes something at the venue. Never repeats: after doubt, somebody must look first."""

    def __init__(self, caller: Caller, now: Callable[[], Instant]) -> None:
        self._caller = caller
        self._now = now

    def send(self, account: int, act: Act) -> CommandAnswered:
        """Send one command and return how it ended. Never raises for what the venue or the network does."""
        path, body = _request(account, act)
        answer, refusal, text = self._outcome(path, body)
        LOG.info("%s for account %d: %s %s", path, account, answer, plain(text))
        return CommandAnswered(self._now(), account, act.id, answer, refusal, plain(text))

    def _outcome(self, path: str, body: dict[str, object]) -> _Outcome:
        try:
            verdict = verdict_of(self._caller.act(path, body))
        except RateLimited as error:
            return Answer.REFUSED, Refusal.LIMITED, str(error)
        except ConnectorError as error:
            if isinstance(error, Refused) and not isinstance(error, LoginRefused):
                return Answer.REFUSED, Refusal.OTHER, str(error)
            return Answer.UNKNOWN, None, str(error)
        if verdict.success:
            return Answer.ACCEPTED, None, ""
        name, (answer, refusal) = meaning_of(path, verdict.code)
        return answer, refusal, f"{name} (code {verdict.code}) {verdict.message}".strip()


def _request(account: int, act: Act) -> tuple[str, dict[str, object]]:
    """Return where and what to post. What shall stay as it is, is left out."""
    body: dict[str, object] = {"accountId": account}
    match act:
        case ClosePosition():
            return CLOSE, {**body, "contractId": act.contract}
        case ReducePosition():
            return PARTIAL_CLOSE, {**body, "contractId": act.contract, "size": act.size}
        case CancelOrder():
            return CANCEL, {**body, "orderId": act.order_id}
        case ResizeOrder():
            return MODIFY, {**body, "orderId": act.order_id, "size": act.size}
        case MoveStop():
            return MODIFY, {**body, "orderId": act.order_id, "stopPrice": _decimal(act.price)}
        case PlaceStop():
            order = {"type": _STOP, "side": _SIDES[act.side], "size": act.size, "customTag": act.tag}
            return PLACE, {**body, "contractId": act.contract, **order, "stopPrice": _decimal(act.price)}
        case _:
            assert_never(act)


def _decimal(price: Price) -> Decimal:
    return Decimal(price) / PRICE_SCALE
