"""Quotes are sent as changes: here they are merged into the state of each contract."""

from dataclasses import dataclass, replace
from threading import Lock

from connectors.failures import Unreadable
from connectors.topstepx.decode.fields import Row
from engine.units import Instant, Price
from engine.venue import Quote


@dataclass(frozen=True, slots=True)
class Merged:
    """A contract's quote after one frame: whether that changed it, and whether the frame was wholly readable."""

    quote: Quote
    is_changed: bool
    was_readable: bool


class QuoteBook:
    """The merged quote of each contract. One book for one connection: after a gap nothing old may stand."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._quotes: dict[str, Quote] = {}

    def merge(self, arguments: object, at: Instant) -> Merged:
        """Merge one GatewayQuote and return what became of the contract's quote.

        The contract is argument 0: the `symbol` inside names the product only. A price that is zero, null
        or unreadable is None from then on; one that is not mentioned stays. Raises Unreadable.
        """
        if not isinstance(arguments, list) or len(arguments) < 2:
            raise Unreadable("a quote has no contract or no content")
        contract, row = arguments[0], Row(arguments[1], "a quote")
        if not isinstance(contract, str) or not contract:
            raise Unreadable("a quote names no contract")
        quoted_at = row.instant_or_none("lastUpdated") or row.instant_or_none("timestamp") or at
        with self._lock:
            old = self._quotes.get(contract) or Quote(contract, None, None, None, quoted_at)
            bid, bid_read = _price(row, "bestBid", old.bid)
            ask, ask_read = _price(row, "bestAsk", old.ask)
            last, last_read = _price(row, "lastPrice", old.last)
            quote = replace(old, bid=bid, ask=ask, last=last, quoted_at=quoted_at)
            is_changed = self._quotes.get(contract) != quote
            self._quotes[contract] = quote
        return Merged(quote, is_changed, bid_read and ask_read and last_read)


def _price(row: Row, name: str, old: Price | None) -> tuple[Price | None, bool]:
    """Return the price that stands now, and whether the field could be read."""
    if not row.says(name):
        return old, True
    try:
        return row.price_or_none(name) or None, True
    except Unreadable:
        return None, False
