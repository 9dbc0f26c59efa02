"""Market events on the wire: a full quote first, then only what changed; prints; the top of the book."""

from decimal import Decimal
from typing import Any

from connectors.simulator.core.happenings import MarketTraded, Quote
from connectors.simulator.core.instants import MILLISECOND, iso
from connectors.simulator.server.json_text import natural
from connectors.simulator.server.shapes import Shape, symbol_id

NO_TIME = "0001-01-01T00:00:00+00:00"
ASK, BID, BEST_ASK, BEST_BID, RESET = 1, 2, 3, 4, 6


def full_quote(quote: Quote, root: str) -> Shape:
    """Return every field of a quote: the first frame after a subscription."""
    return _frame(quote, {"symbolName": f"/{root}", **_values(quote)})


def delta_quote(before: Quote, after: Quote) -> Shape:
    """Return only what changed: most frames carry no last price."""
    old = _values(before)
    return _frame(after, {key: value for key, value in _values(after).items() if old[key] != value})


def prints(traded: MarketTraded) -> list[Shape]:
    """Return the tape rows of one push."""
    return [
        {
            "symbolId": symbol_id(traded.contract_id),
            "price": natural(traded.price),
            "timestamp": iso(traded.at // MILLISECOND * MILLISECOND, 3),
            "type": traded.aggressor,
            "volume": traded.volume,
            "contractId": traded.contract_id,
        }
    ]


def depth(quote: Quote, levels: int) -> list[Shape]:
    """Return one push of the book: a reset, then the best level of each side and the pointers to them."""
    reset = _row(quote, RESET, Decimal(0), 0, 0) | {"timestamp": NO_TIME}
    return [
        reset,
        _row(quote, BID, quote.bid, levels, levels),
        _row(quote, ASK, quote.ask, levels, levels),
        _row(quote, BEST_BID, quote.bid, levels, 0),
        _row(quote, BEST_ASK, quote.ask, levels, 0),
    ]


def _values(quote: Quote) -> dict[str, Any]:
    change = quote.last - quote.open
    return {
        "lastPrice": natural(quote.last),
        "bestBid": natural(quote.bid),
        "bestAsk": natural(quote.ask),
        "change": natural(change),
        "changePercent": natural((change / quote.open).quantize(Decimal("0.0001"))),
        "open": natural(quote.open),
        "high": natural(quote.high),
        "low": natural(quote.low),
        "volume": quote.volume,
    }


def _frame(quote: Quote, values: dict[str, Any]) -> Shape:
    return {
        "symbol": symbol_id(quote.contract_id),
        **values,
        "lastUpdated": iso(quote.at, 7),
        "timestamp": iso(quote.at // MILLISECOND * MILLISECOND, 3),
        "contract": quote.contract_id,
    }


def _row(quote: Quote, kind: int, price: Decimal, volume: int, current: int) -> Shape:
    return {
        "contractId": quote.contract_id,
        "timestamp": iso(quote.at, 7),
        "type": kind,
        "price": natural(price),
        "volume": volume,
        "currentVolume": current,
    }
