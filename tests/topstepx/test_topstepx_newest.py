"""Quotes that wait undecoded: those left out never change what comes of the others."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.topstepx.decode.quotes import QuoteBook
from connectors.topstepx.hub.newest import NewestQuotes
from engine.units import Instant

AT = Instant(1_762_960_000_000_000)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([None, 0, 5, 6, 7.25, "x"]) for name in ("bestBid", "bestAsk", "lastPrice")
    }
    | {"lastUpdated": st.sampled_from([f"2025-11-12T15:04:1{second}+00:00" for second in range(9)])},
)
FRAMES = st.lists(st.tuples(st.sampled_from(["MNQ", "ES"]), FIELDS), max_size=30)


def record(contract: str, fields: dict[str, Any]) -> str:
    return json.dumps({"type": 1, "target": "GatewayQuote", "arguments": [contract, fields]})


def quotes_of(records: list[str]) -> dict[str, Any]:
    book, quotes = QuoteBook(), {}
    for text in records:
        merged = book.merge(json.loads(text)["arguments"], AT)
        quotes[merged.quote.contract] = merged.quote
    return quotes


@given(FRAMES)
def test_the_few_that_wait_make_the_same_quotes_as_all_of_them(
    frames: list[tuple[str, dict[str, Any]]],
) -> None:
    newest, records = NewestQuotes(), [record(*one) for one in frames]

    assert all(newest.take(one) for one in records)

    waiting = list(newest.drain())
    assert quotes_of(waiting) == quotes_of(records)
    assert len(waiting) <= 2 * 4
    assert not list(newest.drain())


@pytest.mark.parametrize(
    "other",
    [
        '{"type":6}',
        '{"type":1,"target":"GatewayLogout","arguments":[]}',
        '{"type":3,"invocationId":"1"}',
        '{"type":1,"target":"GatewayQuote","arguments":[]}',
        '{"target":"GatewayQuote","type":1,"arguments":["MNQ",{}]}',
        "GatewayQuote",
    ],
)
def test_what_is_not_plainly_a_quote_is_left_to_be_decoded(other: str) -> None:
    newest = NewestQuotes()

    assert not newest.take(other)
    assert not list(newest.drain())
