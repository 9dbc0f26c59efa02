"""Fills: into the ledger, and from there into the streams that rules count."""

from collections.abc import Iterable

from engine.held import HeardFill
from engine.history_needed import history_needed
from engine.ledger import book, forget
from engine.reduce.flight import expect_less
from engine.reduce.own import recognise_fill
from engine.reduce.positions import interested_in
from engine.rule import Topic
from engine.sizes_told import is_old
from engine.trades import Book, Context, pair
from engine.units import DAY, Instant, Money
from engine.venue import Fill
from engine.work import Work

KEPT = 40 * DAY
"""How long fills stay in the ledger at least: a calendar month and a margin. What a window of the rules in force reaches
back to stays longer: a loss `since start` must not shrink because it is old."""

KEPT_LATELY = 50
"""How many fills of a contract a position is compared with."""


def fills_seen(work: Work, fills: Iterable[Fill]) -> None:
    """Book fills once per id and bring entries and round turns up to date."""
    fills = tuple(fills)
    for fill in fills:
        recognise_fill(work, fill)
        interested_in(work, fill.contract)
    state = work.state
    change = book(state.ledger, fills)
    if not change.appended and not change.rewritten and change.ledger is state.ledger:
        return
    old = state.book
    context = Context(state.instruments, change.ledger.own_orders, work.rules.settings.breakeven_band)
    if change.rewritten:
        fresh = pair(Book(edition=old.edition + 1), change.ledger.valid(), context)
    else:
        fresh = pair(old, change.appended, context)
    work.set(ledger=change.ledger, book=fresh)
    for fill in fills:
        if fill.id not in state.ledger.ids and not fill.voided:
            _note_new(work, fill)
    known = {trade.id for trade in old.trades}
    work.new_fills += fresh.fills[len(old.fills) :]
    work.new_entries += fresh.entries[len(old.entries) :]
    work.new_trades += tuple(trade for trade in fresh.trades if trade.id not in known)
    work.changed.add(Topic.FILLS)
    _forget_old(work)


def _note_new(work: Work, fill: Fill) -> None:
    """Note that a position may not show a new fill yet; what the trader did is no effect of a request of ours."""
    lately = work.state.just_filled.get(fill.contract, ())
    heard = HeardFill(fill, work.state.now, work.state.size(fill.contract), is_old(work.state, fill))
    work.put("just_filled", fill.contract, (*lately[-KEPT_LATELY:], heard))
    work.set(
        row_gap=Money(work.state.row_gap - (fill.pnl or 0) + fill.costs),
        row_costs=Money(work.state.row_costs + fill.costs),
    )
    size = work.state.by_fills.get(fill.contract, 0) + fill.side.sign * fill.size
    work.put("by_fills", fill.contract, size or None)
    if fill.order_id not in work.state.ledger.own_orders:
        expect_less(work, fill)


def _forget_old(work: Work) -> None:
    """Drop what no window can reach any more, a whole day at a time so that it is rare."""
    fills = work.state.ledger.fills
    if fills and fills[0].executed_at < work.state.now - KEPT - DAY:
        needed = history_needed(work.rules, work.state.now, work.state.started_at)
        ledger = forget(work.state.ledger, Instant(min(needed, work.state.now - KEPT)))
        if len(ledger.fills) == len(fills):
            return
        context = Context(work.state.instruments, ledger.own_orders, work.rules.settings.breakeven_band)
        book_now = Book(edition=work.state.book.edition + 1)
        work.set(ledger=ledger, book=pair(book_now, ledger.valid(), context))
