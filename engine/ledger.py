"""The ledger of fills by id: duplicates change nothing, a voided fill is taken back, a late one goes where it belongs.

From the fills follow, first in first out, the open lots, the entries and the round turns. The venue's own number is
the result; pairing only gives times (decision 1).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from engine.units import Instant
from engine.venue import Fill


@dataclass(frozen=True)
class Ledger:
    """All fills since `known_since`, in order of execution. Before that instant nothing is known."""

    fills: tuple[Fill, ...] = ()
    ids: Mapping[int, bool] = field(default_factory=lambda: MappingProxyType({}))
    known_since: Instant | None = None
    own_orders: frozenset[int] = frozenset()

    def valid(self) -> tuple[Fill, ...]:
        """Return the fills that were not voided."""
        return tuple(fill for fill in self.fills if not fill.voided)

    def booked_since(self, moment: Instant) -> Mapping[str, "Booked"]:
        """Return what each contract's fills since an instant booked. A ledger never changes: it is added up once."""
        sums = self._sums.get(moment)
        if sums is None:
            sums = self._sums[moment] = _added_up(self.fills, moment)
        return sums

    @cached_property
    def _sums(self) -> dict[Instant, Mapping[str, "Booked"]]:
        """What was added up so far, by the instant since which it counts."""
        return {}


@dataclass(slots=True)
class Booked:
    """Results of the fills of one contract, with and without their costs."""

    net: int = 0
    gross: int = 0


def _added_up(fills: tuple[Fill, ...], moment: Instant) -> Mapping[str, Booked]:
    sums: dict[str, Booked] = {}
    for fill in fills[bisect_left(fills, moment, key=lambda fill: fill.executed_at) :]:
        if not fill.voided:
            booked = sums.setdefault(fill.contract, Booked())
            booked.net += fill.net
            booked.gross += fill.pnl or 0
    return sums


@dataclass(frozen=True, slots=True)
class Change:
    """What booking did: fills that came at the end in order, and whether anything else moved (late, voided)."""

    ledger: Ledger
    appended: tuple[Fill, ...]
    rewritten: bool


def book(ledger: Ledger, fills: Iterable[Fill]) -> Change:
    """Return the ledger with these fills, each counted once per id.

    A later `voided` wins over the first; so do costs or a result that the first telling lacked.
    """
    current, appended, rewritten = ledger, [], False
    for fill in sorted(fills, key=_order):
        voided = current.ids.get(fill.id)
        if voided is None:
            is_last = not current.fills or _order(current.fills[-1]) <= _order(fill)
            current = _insert(current, fill, at_end=is_last)
            if is_last and not fill.voided:
                appended.append(fill)
            rewritten = rewritten or not is_last
        elif fill.voided and not voided:
            current, rewritten = _void(current, fill.id), True
        elif not voided and (fuller := _fuller(current, fill)) is not None:
            current, rewritten = _replaced(current, fuller), True
    return Change(current, tuple(appended), rewritten)


def forget(ledger: Ledger, before: Instant) -> Ledger:
    """Return the ledger without fills executed before an instant; what was before is then unknown."""
    kept = tuple(fill for fill in ledger.fills if fill.executed_at >= before)
    known = max(before, ledger.known_since or before)
    return replace(
        ledger,
        fills=kept,
        ids=MappingProxyType({fill.id: fill.voided for fill in kept}),
        known_since=Instant(known),
    )


def _order(fill: Fill) -> tuple[int, int]:
    return (fill.executed_at, fill.id)


def _insert(ledger: Ledger, fill: Fill, *, at_end: bool) -> Ledger:
    fills = (*ledger.fills, fill)
    if not at_end:
        fills = tuple(sorted(fills, key=_order))
    return replace(ledger, fills=fills, ids=MappingProxyType({**ledger.ids, fill.id: fill.voided}))


def _void(ledger: Ledger, fill_id: int) -> Ledger:
    fills = tuple(replace(fill, voided=True) if fill.id == fill_id else fill for fill in ledger.fills)
    return replace(ledger, fills=fills, ids=MappingProxyType({**ledger.ids, fill_id: True}))


def _fuller(ledger: Ledger, told: Fill) -> Fill | None:
    """Return a known fill with the costs or the result that only this telling has; None when it says nothing new.

    Costs that shrink are an older message that came late: they change nothing.
    """
    start = bisect_left(ledger.fills, _order(told), key=_order)
    known = ledger.fills[start] if start < len(ledger.fills) else None
    if known is None or known.id != told.id:
        return None
    pnl = known.pnl if told.pnl is None else told.pnl
    if told.costs <= known.costs and pnl == known.pnl:
        return None
    return replace(known, costs=max(known.costs, told.costs), pnl=pnl)


def _replaced(ledger: Ledger, fill: Fill) -> Ledger:
    return replace(ledger, fills=tuple(fill if one.id == fill.id else one for one in ledger.fills))
