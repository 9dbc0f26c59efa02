"""The inbox under load."""

import threading
import time

from engine.events import ClockTick, Event, FillSeen, QuoteSeen
from engine.units import Instant, Money, Price
from engine.venue import Fill, Quote, Side
from service.inbox import Inbox


def quote(contract: str, number: int) -> QuoteSeen:
    return QuoteSeen(Instant(number), Quote(contract, Price(number), Price(number), None, Instant(number)))


def fill(number: int) -> FillSeen:
    made = Fill(number, 1, "C", Side.BUY, 1, Price(1), None, Money(0), Instant(number))
    return FillSeen(Instant(number), 7, made)


def emptied(inbox: Inbox) -> list[Event]:
    found: list[Event] = []
    while (letter := inbox.take(0.0)) is not None:
        found.append(letter.event)
    return found


def test_of_fifty_thousand_quotes_only_the_newest_of_each_contract_waits() -> None:
    inbox = Inbox()
    for number in range(50_000):
        inbox.put(quote(f"C{number % 5}", number), "main")

    left = emptied(inbox)

    assert left == [quote(f"C{n}", 49_995 + n) for n in range(5)]


def test_a_fill_never_waits_behind_quotes() -> None:
    inbox = Inbox()
    for number in range(50_000):
        inbox.put(quote(f"C{number % 5}", number))
    inbox.put(fill(1))

    letter = inbox.take(0.0)

    assert letter is not None
    assert letter.event == fill(1)


def test_everything_but_quotes_keeps_its_order_and_is_never_dropped() -> None:
    inbox = Inbox()
    events: list[Event] = [fill(n) if n % 3 else ClockTick(Instant(n)) for n in range(12_000)]
    for event in events:
        inbox.put(event)

    assert inbox.waiting == 12_000
    assert inbox.take_highest() == 12_000
    assert emptied(inbox) == events


def test_quotes_of_two_logins_do_not_replace_each_other() -> None:
    inbox = Inbox()
    inbox.put(quote("C", 1), "one")
    inbox.put(quote("C", 2), "two")

    assert emptied(inbox) == [quote("C", 1), quote("C", 2)]


def test_quotes_take_turns_so_that_a_busy_contract_starves_nobody() -> None:
    inbox = Inbox()
    inbox.put(quote("QUIET", 1))
    for number in range(2, 100):
        inbox.put(quote("BUSY", number))

    assert [event.quote.contract for event in emptied(inbox) if isinstance(event, QuoteSeen)] == [
        "QUIET",
        "BUSY",
    ]


def test_silence_ends_at_its_deadline_and_an_event_ends_it_at_once() -> None:
    inbox = Inbox()
    started = time.monotonic()
    assert inbox.take(0.05) is None
    assert time.monotonic() - started >= 0.04

    threading.Timer(0.05, lambda: inbox.put(fill(1))).start()
    started = time.monotonic()
    assert inbox.take(5.0) is not None
    assert time.monotonic() - started < 2.0


def test_closing_wakes_whoever_waits_and_leaves_what_is_there() -> None:
    inbox = Inbox()
    threading.Timer(0.05, inbox.close).start()

    assert inbox.take(5.0) is None

    inbox.put(fill(1))
    assert inbox.take(5.0) is not None
    assert inbox.take(5.0) is None
