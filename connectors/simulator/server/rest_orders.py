"""Orders: place, modify, cancel."""

from connectors.simulator.core.answers import Answer, ChangeCode, PlaceCode
from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.changing import ModifyRequest
from connectors.simulator.core.kinds import Side
from connectors.simulator.core.placing import PlaceRequest
from connectors.simulator.server.host import Host
from connectors.simulator.server.reading import BadRequest, Body
from connectors.simulator.server.reply import Reply, of_answer
from connectors.simulator.server.sessions import Session


def place(host: Host, session: Session, body: Body) -> Reply:
    """Order/place: also a refused order can have an id."""
    wanted = read_place(body)
    if host.account_of(session.login, wanted.account_id) is None:
        answer = Answer(PlaceCode.ACCOUNT_NOT_FOUND)
    else:
        answer = host.command(lambda: host.exchange.place(wanted))
    return {"orderId": answer.order_id, **of_answer(answer)}


def modify(host: Host, session: Session, body: Body) -> Reply:
    """Order/modify: what is null or left out stays as it is."""
    wanted = ModifyRequest(
        body.integer("accountId"),
        body.integer("orderId"),
        body.maybe_integer("size"),
        body.maybe_decimal("limitPrice"),
        body.maybe_decimal("stopPrice"),
        body.maybe_decimal("trailPrice"),
    )
    if host.account_of(session.login, wanted.account_id) is None:
        return of_answer(Answer(ChangeCode.ACCOUNT_NOT_FOUND))
    return of_answer(host.command(lambda: host.exchange.modify(wanted)))


def cancel(host: Host, session: Session, body: Body) -> Reply:
    """Order/cancel: success means accepted, the order ends a moment later."""
    account_id, order_id = body.integer("accountId"), body.integer("orderId")
    if host.account_of(session.login, account_id) is None:
        return of_answer(Answer(ChangeCode.ACCOUNT_NOT_FOUND))
    return of_answer(host.command(lambda: host.exchange.cancel(account_id, order_id)))


def read_place(body: Body) -> PlaceRequest:
    """Return the wanted order. Raises BadRequest; a side that is left out is never taken for a buy."""
    side = body.integer("side")
    if side not in (Side.BUY, Side.SELL):
        raise BadRequest("request", "The request field is required.")
    return PlaceRequest(
        body.integer("accountId"),
        body.text("contractId"),
        body.integer("type"),
        Side(side),
        body.integer("size"),
        body.maybe_decimal("limitPrice"),
        body.maybe_decimal("stopPrice"),
        body.maybe_decimal("trailPrice"),
        body.maybe_text("customTag"),
        _bracket(body.maybe_body("stopLossBracket")),
        _bracket(body.maybe_body("takeProfitBracket")),
    )


def _bracket(body: Body | None) -> Bracket | None:
    return None if body is None else Bracket(body.integer("ticks"), body.integer("type"))
