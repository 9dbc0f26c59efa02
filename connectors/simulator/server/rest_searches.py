"""Reading orders and trades: what each endpoint shows, hides and caps."""

from collections.abc import Iterable

from connectors.simulator.core.instants import Instant
from connectors.simulator.core.kinds import Status
from connectors.simulator.core.records import Order
from connectors.simulator.server import shapes
from connectors.simulator.server.host import Host
from connectors.simulator.server.reading import BadRequest, Body
from connectors.simulator.server.reply import Reply, bad, good
from connectors.simulator.server.sessions import Session

ACCOUNT_NOT_FOUND = ORDER_NOT_FOUND = 1
LARGEST_PAGE = 100


def orders(host: Host, session: Session, body: Body) -> Reply:
    """Order/search: every status but suspended, ascending by id, by creation time."""
    account_id, start = body.integer("accountId"), body.instant("startTimestamp")
    end = body.maybe_instant("endTimestamp")
    if host.account_of(session.login, account_id) is None:
        return bad(ACCOUNT_NOT_FOUND, orders=None)
    rows = [
        o
        for o in _orders(host, account_id)
        if o.status != Status.SUSPENDED and _within(o.created, start, end)
    ]
    return good(orders=_shapes(rows))


def open_orders(host: Host, session: Session, body: Body) -> Reply:
    """Order/searchOpen: status Open only; suspended children are not shown."""
    account_id = body.integer("accountId")
    if host.account_of(session.login, account_id) is None:
        return bad(ACCOUNT_NOT_FOUND, orders=None)
    return good(orders=_shapes(o for o in _orders(host, account_id) if o.status == Status.OPEN))


def order_by_id(host: Host, session: Session, body: Body) -> Reply:
    """Order/searchById."""
    account_id, order_id = body.integer("accountId"), body.integer("orderId")
    mine = host.account_of(session.login, account_id) is not None
    found = [o for o in _orders(host, account_id) if o.id == order_id] if mine else []
    if not found:
        return bad(ORDER_NOT_FOUND, order=None)
    return good(order=shapes.order(found[0], shapes.REST))


def query(host: Host, session: Session, body: Body) -> Reply:
    """Order/v2/query: also suspended children; at most 100 rows a page; a contract in the filter is ignored."""
    wanted = body.maybe_body("filter")
    if wanted is None:
        raise BadRequest("Filter", "The Filter field is required.")
    account_id = wanted.integer("accountId")
    if host.account_of(session.login, account_id) is None:
        return bad(ACCOUNT_NOT_FOUND, orders=None, totalCount=None)
    statuses = wanted.maybe_integers("statuses")
    after, before = wanted.maybe_instant("createdAfter"), wanted.maybe_instant("createdBefore")
    rows = [
        order
        for order in _orders(host, account_id)
        if (not statuses or order.status in statuses) and _within(order.created, after, before)
    ]
    if body.maybe_integer("sortBy") != 1:
        rows.sort(key=lambda order: (order.created, order.id))
    if body.maybe_integer("sortDirection") == 1:
        rows.reverse()
    offset = body.maybe_integer("pageOffset") or 0
    size = min(body.maybe_integer("pageSize") or LARGEST_PAGE, LARGEST_PAGE)
    contracts = host.exchange.venue.catalogue.contracts
    page = [
        shapes.order_with_trail(order, contracts[order.contract_id].tick_size, shapes.REST)
        for order in rows[offset : offset + size]
    ]
    return good(orders=page, totalCount=len(rows))


def trades(host: Host, session: Session, body: Body) -> Reply:
    """Trade/search: one row per fill, newest first, voided ones included."""
    account_id, start = body.integer("accountId"), body.maybe_instant("startTimestamp")
    end = body.maybe_instant("endTimestamp")
    if host.account_of(session.login, account_id) is None:
        return bad(ACCOUNT_NOT_FOUND, trades=None)
    host.catch_up()
    rows = [t for t in host.view().trades if t.account_id == account_id and _within(t.created, start, end)]
    return good(trades=[shapes.trade(row, shapes.REST) for row in reversed(rows)])


def _orders(host: Host, account_id: int) -> list[Order]:
    host.catch_up()
    return sorted((o for o in host.view().orders if o.account_id == account_id), key=lambda order: order.id)


def _within(at: Instant, start: Instant | None, end: Instant | None) -> bool:
    return (start is None or at >= start) and (end is None or at <= end)


def _shapes(rows: Iterable[Order]) -> list[shapes.Shape]:
    return [shapes.order(row, shapes.REST) for row in rows]
