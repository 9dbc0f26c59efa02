"""Contracts and price bars."""

from connectors.simulator.core.bars import UNIT_LENGTH
from connectors.simulator.server import shapes
from connectors.simulator.server.host import Host
from connectors.simulator.server.reading import Body
from connectors.simulator.server.reply import Reply, bad, good
from connectors.simulator.server.sessions import Session

MOST_BARS = 20_000
CONTRACT_NOT_FOUND, UNIT_INVALID, NUMBER_INVALID, LIMIT_INVALID = 1, 2, 3, 4


def search(host: Host, session: Session, body: Body) -> Reply:
    """Contract/search: fuzzy, at most 20; the live universe is empty for simulated accounts."""
    text, live = body.text("searchText"), body.flag("live")
    found = [] if live else host.exchange.venue.catalogue.search(text)
    return good(contracts=[shapes.contract(contract) for contract in found])


def search_by_id(host: Host, session: Session, body: Body) -> Reply:
    """Contract/searchById: also months that are not traded, with activeContract false."""
    found = host.exchange.venue.catalogue.find(body.text("contractId"))
    if found is None:
        return bad(CONTRACT_NOT_FOUND, contract=None)
    return good(contract=shapes.contract(found))


def available(host: Host, session: Session, body: Body) -> Reply:
    """Contract/available: the front contract of every product."""
    found = [] if body.flag("live") else host.exchange.venue.catalogue.fronts()
    return good(contracts=[shapes.contract(contract) for contract in found])


def bars(host: Host, session: Session, body: Body) -> Reply:
    """History/retrieveBars: newest first; `limit` keeps the end of the window."""
    contract_id, live = body.text("contractId"), body.flag("live")
    start, end = body.instant("startTime"), body.instant("endTime")
    unit, number, limit = body.integer("unit"), body.integer("unitNumber"), body.integer("limit")
    partial = body.flag("includePartialBar")
    market = host.exchange.venue.markets.get(contract_id)
    problems = (
        (market is None, CONTRACT_NOT_FOUND),
        (unit not in UNIT_LENGTH, UNIT_INVALID),
        (number < 1, NUMBER_INVALID),
        (limit < 1, LIMIT_INVALID),
    )
    code = next((code for wrong, code in problems if wrong), 0)
    if code or market is None:
        return bad(code, bars=None)
    found = [] if live else market.bars.query(unit, number, start, end)
    if not partial:
        length = UNIT_LENGTH[unit] * number
        found = [bar for bar in found if bar.at + length <= host.clock.now()]
    newest = found[::-1][: min(limit, MOST_BARS)]
    return good(bars=[shapes.bar(bar) for bar in newest])
