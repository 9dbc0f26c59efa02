"""The newest closed one-second bar of a contract: the only price that REST has."""

from connectors.topstepx.decode.fields import Row
from connectors.topstepx.decode.stamps import stamp
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.envelope import rows_of
from connectors.topstepx.rest.reads import Asker
from engine.instruments import Instrument
from engine.units import SECOND, Instant, Price
from engine.venue import Quote

BARS = "/api/History/retrieveBars"
_UNIT_SECOND = 1
_LOOK_BACK = 10 * SECOND
"""Older bars are of no use: no ruleset's `fresh_for` should be as long, and an unknown price is safe."""

AHEAD = SECOND
"""How far the window reaches beyond now: our clock is told in whole seconds, so the newest bar may lie ahead of it."""

_LIMIT = 12
"""Bars of one answer: the ten, and one on each side."""


class Bars:
    """Asks by a caller whose budget is the venue's own for bars: 50 requests in 30 s, beside all others."""

    def __init__(self, caller: Asker) -> None:
        self._caller = caller

    def mark(self, instrument: Instrument, now: Instant) -> Quote | None:
        """Return a quote made of the newest bar that has closed by `now`; None when nothing traded of late.

        The spread is unknown, so the close gets a tick on either side: each side is valued as if it had to pay
        it. `quoted_at` is the end of the bar, as nothing in it is known to be newer.
        Raises Unreachable, RateLimited, LoginRefused, Refused.
        """
        body = {
            "contractId": instrument.contract,
            "live": False,
            "startTime": stamp(Instant(now - _LOOK_BACK)),
            "endTime": stamp(Instant(now + AHEAD)),
            "unit": _UNIT_SECOND,
            "unitNumber": 1,
            "limit": _LIMIT,
            "includePartialBar": False,
        }
        answer = self._caller.read(BARS, body, Use.BACKGROUND)
        rows = [Row(fields, "a bar") for fields in rows_of(answer, "bars", "bars")]
        # The order is not promised, and a bar that is still forming was seen in spite of the flag.
        closed = {row.instant("t") + SECOND: row for row in rows if row.instant("t") + SECOND <= now}
        if not closed:
            return None
        closed_at = max(closed)
        close = closed[closed_at].price("c")
        if close == 0:
            raise closed[closed_at].wrong("c")
        bid, ask = Price(close - instrument.tick_size), Price(close + instrument.tick_size)
        return Quote(instrument.contract, bid, ask, close, Instant(closed_at))
