"""Quotes undecoded: of each contract only the frames wait that still matter, however many come."""

import re
from collections.abc import Iterable
from threading import Lock

_QUOTE = re.compile(
    r'\s*\{\s*"type"\s*:\s*1\s*,\s*(?:"invocationId"\s*:\s*(?:null|"[^"]*")\s*,\s*)?'
    r'"target"\s*:\s*"GatewayQuote"\s*,\s*"arguments"\s*:\s*\[\s*"([^"\\]+)"'
)
_ANY = ""
_MENTIONS = ('"bestBid"', '"bestAsk"', '"lastPrice"')


class NewestQuotes:
    """Quotes are changes, so of each contract the newest frame waits, and the newest that mentions each price.

    Merged in the order in which they came, these few make the same quote as all of them would.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._waiting: dict[tuple[str, str], tuple[int, str]] = {}

    def take(self, record: str) -> bool:
        """Keep a record if it is plainly a quote, and say so; anything else is for whoever decodes everything."""
        quote = _QUOTE.match(record)
        if quote is None:
            return False
        contract = quote[1]
        with self._lock:
            self._count += 1
            waiting = (self._count, record)
            self._waiting[contract, _ANY] = waiting
            for mention in _MENTIONS:
                if mention in record:
                    self._waiting[contract, mention] = waiting
        return True

    def drain(self) -> Iterable[str]:
        """Return the records that wait, in the order in which they came, once each; then none waits."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        return dict(sorted(waiting.values())).values()
