"""Keeping the windows of rules up to date, item by item."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.facts import Facts
from engine.facts.view import View
from engine.held import Held
from engine.rule import Rule
from engine.streams import Item
from engine.subject import SubjectKind
from engine.units import Instant
from engine.window_items import OF_FILLS, SELDOM, is_known, items_of
from engine.windows import OverLast, SpanStart, Window

if TYPE_CHECKING:
    from engine.work import Work


def window_key(view: View, key: str) -> str:
    """Return the name under which a window's state is kept. Account and trade rules share one for the account."""
    subject = view.subject
    is_shared = subject.kind in (SubjectKind.ACCOUNT, SubjectKind.TRADE)
    return f"{view.rule}/{key}/{'' if is_shared else subject.key}"


class Results(dict[str, int | None]):
    """The value of each window of a rule, counted when first read; None when it is unknown or has no value."""

    def __init__(self, view: View, rule: Rule) -> None:
        super().__init__()
        self.view, self.rule = view, rule

    def __missing__(self, key: str) -> int | None:
        value = self[key] = _result(self.view, self.rule.windows[key])
        return value


class Changes(dict[str, Instant | None]):
    """For each window when time alone next changes it: the oldest item leaves, or its period ends."""

    def __init__(self, view: View, rule: Rule) -> None:
        super().__init__()
        self.view, self.rule = view, rule

    def __missing__(self, key: str) -> Instant | None:
        value = self[key] = _change(self.view, self.rule, self.rule.windows[key])
        return value


def update(work: "Work", view: View, rule: Rule) -> None:
    """Bring the rule's windows up to the present for one subject."""
    if not rule.windows:
        return
    facts = Facts(view)
    for window in rule.windows.values():
        name = window_key(view, window.key)
        held = work.state.windows.get(name)
        fresh = _advance(view, window, held, facts)
        if fresh != held:
            work.put("windows", name, fresh)


def _change(view: View, rule: Rule, window: Window) -> Instant | None:
    calendar, now = view.settings.calendar, view.state.now
    match window.span:
        case OverLast(length=length):
            held = view.state.windows.get(window_key(view, window.key))
            oldest = window.accumulator.oldest(held.state) if held is not None else None
            return Instant(oldest + length) if oldest is not None else None
        case SpanStart.RESET:
            return view.state.resets.get(rule.name)
        case SpanStart.TRADING_DAY:
            return calendar.trading_day.next_after(now)
        case SpanStart.WEEK:
            return calendar.week.next_after(now)
        case SpanStart.MONTH:
            return calendar.month.next_after(now)
        case SpanStart.SESSION:
            return calendar.session("").next_change(now)
        case _:
            return None


def known_from(view: View, window: Window) -> Instant | None:
    """Return when a rolling window becomes known by time alone: once it no longer reaches back before all fills are."""
    known = view.state.ledger.known_since
    if known is None or not isinstance(window.span, OverLast) or window.stream not in OF_FILLS:
        return None
    return Instant(known + window.span.length)


def span_start(view: View, window: Window) -> Instant:  # noqa: C901  one line a window of the language
    """Return from when on a window counts."""
    state, calendar = view.state, view.settings.calendar
    now = state.now
    match window.span:
        case OverLast(length=length):
            return Instant(now - length)
        case SpanStart.RESET:
            return state.reset_at.get(view.rule, state.started_at)
        case SpanStart.TRADING_DAY:
            return calendar.trading_day.last_before(now)
        case SpanStart.WEEK:
            return calendar.week.last_before(now)
        case SpanStart.MONTH:
            return calendar.month.last_before(now)
        case SpanStart.FIRED:
            fired = state.firings.get(view.rule, ())
            return Instant(fired[-1].at + 1) if fired else state.started_at
        case SpanStart.OPEN if view.subject.kind is SubjectKind.POSITION:
            position = state.positions.get(view.subject.key)
            return position.opened_at if position else now
        case SpanStart.SESSION | SpanStart.OPEN:
            return calendar.session("").last_open(now) or state.started_at
        case SpanStart.PAYOUT:
            return view.settings.payout or state.started_at
        case SpanStart.START:
            return state.started_at


def _advance(view: View, window: Window, held: Held | None, facts: Facts) -> Held:
    start = span_start(view, window)
    items, edition = items_of(view, window), view.state.book.edition
    if held is None or _is_stale(window, held, start, edition):
        held = Held(start, window.accumulator.empty())
    state = held.state
    if held.seen < len(items):
        fresh = [item for item in items[held.seen :] if item.at >= start and _concerns(view, item)]
        state = _add_all(window, state, fresh, facts)
    if window.stream is None and (value := window.value(None, facts)) is not None:
        state = window.accumulator.add(state, value, view.state.now)
    if isinstance(window.span, OverLast):
        state = window.accumulator.forget(state, start)
    return Held(start, state, edition, len(items))


def _is_stale(window: Window, held: Held, start: Instant, edition: int) -> bool:
    """Say whether all must be added again: another period, or (after a late or voided fill) another order of items."""
    if window.stream in SELDOM or (not isinstance(window.span, OverLast) and held.since != start):
        return True
    return window.stream is not None and held.edition != edition


def _add_all(window: Window, state: object, items: Iterable[Item], facts: Facts) -> object:
    for item in items:
        if window.keep(item, facts) is True:
            value = window.value(item, facts)
            if value is not None:
                state = window.accumulator.add(state, value, item.at)
    return state


def _result(view: View, window: Window) -> int | None:
    held = view.state.windows.get(window_key(view, window.key))
    if held is None or not is_known(view, window, held.since):
        return None
    return window.accumulator.result(held.state)


def _concerns(view: View, item: Item) -> bool:
    """Say whether an item belongs to the subject: a symbol's or position's own, for an account all of them."""
    match view.subject.kind:
        case SubjectKind.SYMBOL:
            return getattr(item, "symbol", view.subject.key) == view.subject.key
        case SubjectKind.POSITION:
            return getattr(item, "contract", view.subject.key) == view.subject.key
        case _:
            return True
