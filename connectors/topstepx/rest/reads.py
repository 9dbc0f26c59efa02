"""Questions to the venue, one function each, answered in our words."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from connectors.failures import LoginRefused, Refused, Unreadable
from connectors.topstepx.decode.contracts import instrument_from
from connectors.topstepx.decode.fields import Row
from connectors.topstepx.decode.rows import account_from, fill_from, order_from, position_from
from connectors.topstepx.decode.stamps import stamp
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.envelope import rows_of
from engine.instruments import Instrument
from engine.units import Instant
from engine.venue import AccountStatus, Fill, Order, Position

_WORKING = [1, 6, 7, 8]  # open, pending, pending cancellation, suspended
_PAGE = 100  # rows the venue gives at most, whatever pageSize says
_PAGES = 50


class Asker(Protocol):
    """Whoever can be asked: the venue as the logged-in user, or a recording of it."""

    def read(self, path: str, body: Mapping[str, object], use: Use) -> dict[str, Any]:
        """Return the answer to a question. Raises Unreachable, RateLimited, LoginRefused, Refused."""


class Reads:
    """What REST can show. Every function raises Unreachable, RateLimited, LoginRefused or Refused.

    A row that cannot be read makes the whole answer Unreadable: an empty list must mean "none".
    """

    def __init__(self, caller: Asker, now: Callable[[], Instant], repeats: Repeats) -> None:
        self._caller = caller
        self._now = now
        self._repeats = repeats

    def accounts(self, use: Use) -> dict[int, AccountStatus]:
        answer = self._caller.read("/api/Account/search", {"onlyActiveAccounts": True}, use)
        return dict(account_from(row) for row in rows_of(answer, "accounts", "accounts"))

    def positions(self, account: int, use: Use) -> tuple[Position, ...]:
        answer = self._caller.read("/api/Position/searchOpen", {"accountId": account}, use)
        return tuple(position_from(row, self._now()) for row in rows_of(answer, "positions", "positions"))

    def fills(self, account: int, since: Instant, use: Use) -> tuple[Fill, ...]:
        body = {"accountId": account, "startTimestamp": stamp(since)}
        answer = self._caller.read("/api/Trade/search", body, use)
        return tuple(fill_from(row) for row in rows_of(answer, "trades", "trades"))

    def working_orders(self, account: int, use: Use) -> tuple[tuple[Order, ...], bool]:
        """Return the working orders, and whether suspended bracket legs are among them."""
        try:
            return self._queried(account, use), True
        except LoginRefused:
            raise
        except (Refused, Unreadable) as error:
            self._repeats.warn("suspended orders cannot be listed", error)
        answer = self._caller.read("/api/Order/searchOpen", {"accountId": account}, use)
        return self._working(rows_of(answer, "orders", "orders")), False

    def contracts(self, use: Use) -> tuple[Instrument, ...]:
        """Return the front month of every product. A contract that cannot be read is left out and logged."""
        answer = self._caller.read("/api/Contract/available", {"live": False}, use)
        instruments = []
        for row in rows_of(answer, "contracts", "contracts"):
            try:
                instruments.append(instrument_from(row))
            except Unreadable as error:
                self._repeats.warn("a contract is left out", error)
        if not instruments:
            raise Unreadable("the venue lists no contract")
        return tuple(instruments)

    def contract(self, contract: str, use: Use) -> Instrument:
        """Return one contract of any month, expired ones included."""
        answer = self._caller.read("/api/Contract/searchById", {"contractId": contract}, use)
        rows_of({**answer, "rows": []}, "rows", "the contract")
        return instrument_from(answer.get("contract"))

    def _queried(self, account: int, use: Use) -> tuple[Order, ...]:
        """Ask the only endpoint that shows suspended legs, page after page (`pageOffset` counts rows)."""
        rows: list[Any] = []
        for _ in range(_PAGES):
            body = {
                "filter": {"accountId": account, "statuses": _WORKING},
                "pageSize": _PAGE,
                "pageOffset": len(rows),
                "sortBy": 1,
                "sortDirection": 0,
                "includeTotalCount": True,
            }
            answer = self._caller.read("/api/Order/v2/query", body, use)
            page = rows_of(answer, "orders", "orders")
            total = Row(answer, "the answer").whole_or_none("totalCount")
            rows += page
            is_last = len(page) < _PAGE if total is None else len(rows) >= total
            if not page or is_last:
                return self._working(rows)
        raise Unreadable(f"more than {_PAGE * _PAGES} working orders")

    def _working(self, rows: list[Any]) -> tuple[Order, ...]:
        orders = {order.id: order for order in (order_from(row, self._now()) for row in rows)}
        return tuple(order for order in orders.values() if order.is_working)
