"""Positions: what is open, close, partial close."""

from connectors.simulator.core.answers import Answer, CloseCode
from connectors.simulator.server import shapes
from connectors.simulator.server.host import Host
from connectors.simulator.server.reading import Body
from connectors.simulator.server.reply import Reply, bad, good, of_answer
from connectors.simulator.server.sessions import Session

ACCOUNT_NOT_FOUND = 1


def search_open(host: Host, session: Session, body: Body) -> Reply:
    """Position/searchOpen: flat contracts have no row."""
    account_id = body.integer("accountId")
    if host.account_of(session.login, account_id) is None:
        return bad(ACCOUNT_NOT_FOUND, positions=None)
    host.catch_up()
    rows = [position for position in host.view().positions if position.account_id == account_id]
    names = host.exchange.venue.catalogue.contracts
    return good(
        positions=[shapes.position(row, names[row.contract_id].display_name, shapes.REST) for row in rows]
    )


def close(host: Host, session: Session, body: Body) -> Reply:
    """Position/closeContract: only the envelope comes back; working orders stay."""
    account_id, contract_id = body.integer("accountId"), body.text("contractId")
    if host.account_of(session.login, account_id) is None:
        return of_answer(Answer(CloseCode.ACCOUNT_NOT_FOUND))
    return of_answer(host.command(lambda: host.exchange.close(account_id, contract_id)))


def partial_close(host: Host, session: Session, body: Body) -> Reply:
    """Position/partialCloseContract: its codes are shifted from 5 on."""
    account_id, contract_id = body.integer("accountId"), body.text("contractId")
    size = body.integer("size")
    if host.account_of(session.login, account_id) is None:
        return of_answer(Answer(CloseCode.ACCOUNT_NOT_FOUND))
    return of_answer(host.command(lambda: host.exchange.partial_close(account_id, contract_id, size)))
