"""Streams that the venue cannot tell again keep a bounded number of items: a window with more is unknown, never less."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.facts.view import View
from engine.settings import Settings
from engine.state import State
from engine.streams import REMEMBERED, DayItem, Firing, Stream
from engine.subject import THE_ACCOUNT
from engine.units import DAY, SECOND, Duration, Instant, Money
from engine.venue import Side
from engine.window_items import is_known
from engine.windows import OverLast, SpanStart, Window
from service.rehearsal.hours import Calendar

MOST = REMEMBERED[Stream.PLACED]
NOW = 20_000 * DAY


def looked_at(stream: Stream, number: int) -> View:
    """Return a view of an account with so many items of a stream, one a second, the newest now."""
    times = [Instant(NOW - SECOND * back) for back in reversed(range(number))]
    firings, days = tuple(Firing(at, "") for at in times), tuple(DayItem(at, Money(0)) for at in times)
    state = State(7, started_at=Instant(1), now=Instant(NOW), firings={"r": firings}, days=days)
    return View(state, Settings(Calendar()), THE_ACCOUNT, "r")


def counts(stream: Stream, span: Any) -> Window:
    return Window(
        "n", stream, span, lambda item, facts: True, lambda item, facts: 1, cast(Any, SimpleNamespace())
    )


@pytest.mark.parametrize("stream", [Stream.FIRINGS, Stream.DAYS])
@pytest.mark.parametrize(("more", "known"), [(0, True), (1, False)])
def test_a_window_over_more_items_than_are_kept_is_unknown(stream: Stream, *, more: int, known: bool) -> None:
    view = looked_at(stream, REMEMBERED[stream] + more)

    assert is_known(view, counts(stream, SpanStart.START), view.state.started_at) is known


@pytest.mark.parametrize("stream", [Stream.FIRINGS, Stream.DAYS])
def test_a_window_that_begins_after_the_oldest_item_kept_is_known(stream: Stream) -> None:
    most = REMEMBERED[stream]
    view = looked_at(stream, most + 1)
    oldest = NOW - SECOND * most

    short, long = Instant(oldest + 1), Instant(oldest)
    assert is_known(view, counts(stream, OverLast(Duration(NOW - short))), short)
    assert not is_known(view, counts(stream, OverLast(Duration(NOW - long))), long)


def test_orders_sent_are_kept_in_their_order_of_time_and_one_more_than_are_counted(lab: Any) -> None:
    desk = lab.start()
    for _ in range(MOST + 2):
        desk.wait(1)
        number = desk.next_id()
        desk.order(lab.MNQ, Side.BUY, 1, id=number)
        desk.cancelled(number)
    late = desk.state.placed[5].at

    desk.now = late
    desk.order(lab.MNQ, Side.BUY, 1)

    times = [item.at for item in desk.state.placed]
    assert len(times) == MOST + 1
    assert times == sorted(times)
