"""Quotes are changes that are merged; a price nobody can trust is unknown."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from connectors.failures import Unreadable
from connectors.topstepx.decode.quotes import QuoteBook
from engine.units import Instant, Price
from engine.venue import Quote

AT = Instant(1_762_960_000_000_000)
MNQ = "CON.F.US.MNQ.Z25"


def test_changes_are_merged_and_a_last_price_of_zero_becomes_unknown(fixture: Callable[[str], Any]) -> None:
    book = QuoteBook()

    quotes = [
        book.merge(message["arguments"], AT).quote for message in fixture("hub_market_quote_full_then_delta")
    ]

    whole = 1_000_000_000
    assert [(quote.bid, quote.ask, quote.last) for quote in quotes] == [
        (25510 * whole, 25510_250_000_000, 25510_250_000_000),
        (25510_250_000_000, 25510_500_000_000, 25510_250_000_000),
        (25510_250_000_000, 25510_750_000_000, 25510_250_000_000),
        (25510_250_000_000, 25510_750_000_000, 25510_500_000_000),
        (25510_250_000_000, 25510_750_000_000, None),
    ]
    assert quotes[-1].quoted_at == Instant(1_762_959_851_201_776)


def test_a_price_that_was_never_heard_is_unknown() -> None:
    merged = QuoteBook().merge([MNQ, {"bestBid": 5}], AT)

    assert merged.quote == Quote(MNQ, Price(5_000_000_000), None, None, AT)
    assert merged.was_readable


@pytest.mark.parametrize("bad", ["twelve", True, [], {}, "NaN"])
def test_a_price_that_cannot_be_read_replaces_the_old_one_by_unknown(bad: object) -> None:
    book = QuoteBook()
    book.merge([MNQ, {"bestBid": 5, "bestAsk": 6}], AT)

    merged = book.merge([MNQ, {"bestBid": bad}], AT)

    assert (merged.quote.bid, merged.quote.ask, merged.was_readable) == (None, Price(6_000_000_000), False)


def test_a_price_that_is_null_is_unknown() -> None:
    book = QuoteBook()
    book.merge([MNQ, {"bestBid": 5}], AT)

    assert book.merge([MNQ, {"bestBid": None}], AT).quote.bid is None


def test_quotes_go_to_the_contract_of_the_first_argument_and_not_to_the_product_inside() -> None:
    book = QuoteBook()
    book.merge([MNQ, {"symbol": "F.US.MNQ", "bestBid": 5}], AT)

    quote = book.merge(["CON.F.US.MNQ.H26", {"symbol": "F.US.MNQ", "bestAsk": Decimal("7.25")}], AT).quote

    assert (quote.contract, quote.bid) == ("CON.F.US.MNQ.H26", None)


@pytest.mark.parametrize("arguments", [[], [MNQ], [None, {}], [MNQ, None], "x", ["", {}]])
def test_a_quote_without_contract_or_content_is_an_error(arguments: object) -> None:
    with pytest.raises(Unreadable):
        QuoteBook().merge(arguments, AT)


def test_a_frame_that_changes_neither_price_nor_stamp_is_no_change() -> None:
    book = QuoteBook()
    frame = [MNQ, {"bestBid": 5, "timestamp": "2025-11-12T15:04:11+00:00"}]

    changes = [book.merge(frame, AT).is_changed, book.merge(frame, Instant(AT + 1)).is_changed]

    assert changes == [True, False]
