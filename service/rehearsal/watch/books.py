"""I8 and I9: what was realized and counted equals a naive recomputation from the venue's own trades."""

from engine.history_needed import history_needed
from engine.streams import Stream
from engine.trades import Book, Context, pair
from engine.units import SCALE, Instant
from engine.venue import Fill
from engine.windows import OverLast, Window
from service.rehearsal.listener import Violation
from service.rehearsal.translate import fill_of
from service.rehearsal.watch.scene import Watcher


class Books(Watcher):
    """Recomputes everything from the start."""

    def converged(self) -> None:
        self._ledger()
        self._windows()

    def finished(self) -> None:
        self._ledger()
        self._windows()

    def _rows(self) -> list[Fill]:
        rows = self.scene.stage.exchange.venue.trades.values()
        fills = [
            fill_of(row, self.scene.stage.clockwork.stamp)
            for row in rows
            if row.account_id == self.scene.stage.account
        ]
        return sorted(fills, key=lambda fill: (fill.executed_at, fill.id))

    def _ledger(self) -> None:
        ledger = self.scene.guard.state.ledger
        since = ledger.known_since
        if since is None:
            raise Violation("I8", "nobody knows from when on fills are known")
        since = Instant(
            max(
                since,
                history_needed(
                    self.scene.guard.armed.rules,
                    self.scene.stage.trusted(),
                    self.scene.guard.state.started_at,
                ),
            )
        )
        real = {fill.id: fill.net for fill in self._rows() if fill.executed_at >= since and not fill.voided}
        kept = {fill.id: fill.net for fill in ledger.fills if fill.executed_at >= since and not fill.voided}
        if real != kept:
            raise Violation("I8", f"the venue booked {sum(real.values())}, the ledger {sum(kept.values())}")

    def _windows(self) -> None:
        guard = self.scene.guard
        if guard.armed.is_shipped:
            return  # the language's own tests hold its windows to account
        state = guard.state
        context = Context(state.instruments, state.ledger.own_orders, None)
        # A fill that was voided after no window reached it any more cannot be noticed, and need not.
        reach = history_needed(guard.armed.rules, self.scene.stage.trusted(), state.started_at)
        gone = {number for number, voided in state.ledger.ids.items() if voided}
        valid = [f for f in self._rows() if not f.voided or (f.executed_at < reach and f.id not in gone)]
        book = pair(Book(), valid, context)
        for rule in guard.armed.rules.rules:
            for window in rule.windows.values():
                held = state.windows.get(f"{rule.name}/{window.key}/")
                if held is not None:
                    since = (
                        Instant(state.now - window.span.length)
                        if isinstance(window.span, OverLast)
                        else held.since
                    )
                    self._compare(
                        rule.name, window, window.accumulator.result(held.state), _naive(window, book, since)
                    )

    def _compare(self, rule: str, window: Window, kept: int | None, real: int) -> None:
        if kept != real:
            raise Violation("I9", f"{rule}/{window.key} is {kept}, the venue's trades give {real}")


def _naive(window: Window, book: Book, since: Instant) -> int:
    """Return what the rehearsals' own windows must hold: a sum of results, or how many (losers only for trades)."""
    is_rolling = isinstance(window.span, OverLast)

    def counts(at: Instant) -> bool:
        return at > since if is_rolling else at >= since

    match window.stream:
        case Stream.FILLS:
            return sum(item.pnl for item in book.fills if counts(item.at))
        case Stream.TRADES:
            return SCALE * sum(trade.pnl < 0 for trade in book.trades if counts(trade.at))
        case _:
            return SCALE * sum(counts(entry.at) for entry in book.entries)
