"""The price in a list of bars: the newest that has closed, or none."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from connectors.failures import Refused, Unreadable
from connectors.topstepx.decode.contracts import instrument_from
from connectors.topstepx.decode.stamps import instant_from
from connectors.topstepx.rest.bars import Bars
from connectors.topstepx.rest.budget import Use
from engine.instruments import Instrument
from engine.units import SECOND, Instant, Price
from engine.venue import Quote

NOON = instant_from("2026-11-17T12:00:00Z") or Instant(0)


class Told:
    """Whoever was asked: gives one answer and keeps the question."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.asked: Mapping[str, object] = {}

    def read(self, path: str, body: Mapping[str, object], use: Use) -> dict[str, Any]:
        self.asked = body
        return self.answer


def bar(second: int, close: object) -> dict[str, object]:
    return {"t": f"2026-11-17T11:59:{second:02}+00:00", "o": 1, "h": 1, "l": 1, "c": close, "v": 3}


def good(*bars: object) -> Told:
    return Told({"bars": list(bars), "success": True, "errorCode": 0, "errorMessage": None})


@pytest.fixture
def mnq() -> Instrument:
    row = {
        "id": "CON.F.US.MNQ.Z26",
        "name": "MNQZ6",
        "tickSize": Decimal("0.25"),
        "tickValue": Decimal("0.5"),
    }
    return instrument_from(row)


def test_the_newest_closed_bar_counts_whatever_the_order_and_one_still_forming_does_not(
    mnq: Instrument,
) -> None:
    for told in (good(bar(57, 100), bar(58, 101), bar(59, 102)), good(bar(59, 102), bar(58, 101))):
        quote = Bars(told).mark(mnq, Instant(NOON - SECOND // 2))

        assert quote is not None
        assert (quote.last, quote.quoted_at) == (Price(101 * 10**9), NOON - SECOND)
        assert (quote.bid, quote.ask) == (Price(100_750_000_000), Price(101_250_000_000))


def test_no_closed_bar_is_no_price(mnq: Instrument) -> None:
    assert Bars(good()).mark(mnq, NOON) is None
    assert Bars(good(bar(59, 102))).mark(mnq, Instant(NOON - 1)) is None


@pytest.mark.parametrize("close", [None, 0, "x", True, [1]])
def test_a_close_that_is_no_price_is_an_error_and_never_an_older_bars(mnq: Instrument, close: object) -> None:
    with pytest.raises(Unreadable):
        Bars(good(bar(58, close), bar(57, 100))).mark(mnq, NOON)


def test_a_refusal_is_no_empty_market(mnq: Instrument) -> None:
    with pytest.raises(Refused):
        Bars(Told({"bars": None, "success": False, "errorCode": 1, "errorMessage": None})).mark(mnq, NOON)


def test_the_fields_of_the_window_are_named_as_this_endpoint_names_them(mnq: Instrument) -> None:
    told = good()

    Bars(told).mark(mnq, NOON)

    assert told.asked["startTime"] == "2026-11-17T11:59:50.000000+00:00"
    assert told.asked["endTime"] == "2026-11-17T12:00:01.000000+00:00"
    assert not {"startTimestamp", "endTimestamp"} & told.asked.keys()


def test_the_venues_own_answer_is_read(mnq: Instrument, fixture: Callable[[str], Any]) -> None:
    told = Told(fixture("rest_history_retrievebars"))
    at = instant_from("2025-11-12T15:05:01Z") or Instant(0)

    quote = Bars(told).mark(mnq, at)

    assert quote == Quote(
        mnq.contract, Price(25_503_000_000_000), Price(25_503_500_000_000), Price(25_503_250_000_000), at
    )
