"""How many more losing trades, as large as today's are on average, the rules allow before the day is over."""

from dataclasses import dataclass
from typing import Any

from engine.units import Instant, Money
from engine.whatif import Stop, budget
from service.guarded import Guarded
from service.iso import money

LOOKED_AHEAD = 3
"""Losers looked at: who is further away from the end of the day needs no warning."""


@dataclass(frozen=True, slots=True)
class Left:
    """`count` more losers of `loss` (positive, net) end the day, by `stop`'s rule."""

    loss: Money
    count: int
    stop: Stop


class Losers:
    """Asks the engine again only when a fill, a lock or a rule has changed: each answer costs some steps."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, object, str, Left | None]] = {}

    def left(self, account: Guarded, now: Instant) -> Left | None:
        """Return what is left, None where it is more than we look at, not known, or locked already."""
        state, rules = account.state, account.rules
        known = self._known.get(account.id)
        if known and known[0] is state.book and known[1] is state.locks and known[2] == rules.digest:
            return known[3]
        answer = None if account.halted or not state.is_confirmed else _left(account, now)
        self._known[account.id] = (state.book, state.locks, rules.digest, answer)
        return answer


def _left(account: Guarded, now: Instant) -> Left | None:
    state, rules = account.state, account.rules
    begun = rules.settings.calendar.trading_day.last_before(Instant(now + 1))
    lost = [trade.loss for trade in state.book.trades if trade.loss > 0 and trade.at >= begun]
    flat = next((one for one in state.instruments if one not in state.positions), None)
    if not lost or flat is None:
        return None
    loss = Money(sum(lost) // len(lost))
    end = budget(state, rules, flat, loss, now, most=LOOKED_AHEAD).end
    return Left(loss, end.after, end) if end is not None and end.after else None


def losers_row(left: Left | None) -> dict[str, Any] | None:
    """Return it for the status."""
    if left is None:
        return None
    return {"loss": money(left.loss), "left": left.count, "rule": left.stop.rule, "title": left.stop.title}
