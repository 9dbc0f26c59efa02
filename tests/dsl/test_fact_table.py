"""The table of fields is complete and says what the engine's classes say."""

import inspect

import pytest

from dsl.facts import FACTS
from dsl.kinds import CONTRACTS, EVENTS, MONEY, PRICE, SYMBOL
from engine.facts import Facts
from engine.facts.account import AccountFacts
from engine.facts.connection import ConnectionFacts
from engine.facts.day import DayFacts, HoursFacts
from engine.facts.episode import EpisodeFacts
from engine.facts.news import NewsFacts
from engine.facts.symbol import SymbolFacts
from engine.facts.trade import TradeFacts

FAMILIES = {
    "account": AccountFacts,
    "day": DayFacts,
    "session": HoursFacts,
    "market": HoursFacts,
    "connection": ConnectionFacts,
    "symbol": SymbolFacts,
    "position": EpisodeFacts,
    "news": NewsFacts,
    "trade": TradeFacts,
}
INTERNAL = {"symbol.name", "symbol.tick_size", "position.sign"}
"""What compiled rules use and rule text cannot: `symbol` is written alone, ticks come from arithmetic."""


def properties(owner: type) -> set[str]:
    return {name for name, value in inspect.getmembers(owner) if isinstance(value, property)}


@pytest.mark.parametrize("prefix", FAMILIES)
def test_every_property_of_the_engine_is_a_field_of_the_language(prefix: str) -> None:
    expected = {f"{prefix}.{name}" for name in properties(FAMILIES[prefix])} - INTERNAL

    listed = {path for path, fact in FACTS.items() if fact.attribute.startswith(f"{prefix}.")}

    assert listed - {"symbol"} == expected


def test_fields_without_a_family_are_listed_too() -> None:
    assert properties(Facts) - {"positions", "orders"} <= FACTS.keys()


@pytest.mark.parametrize(
    ("path", "kind", "never_negative", "may_be_unknown"),
    [
        ("account.gross_contracts", CONTRACTS, True, True),
        ("account.equity", MONEY, False, True),
        ("day.realized_loss", MONEY, True, True),
        ("position.entry_price", PRICE, False, True),
        ("position.signed_quantity", CONTRACTS, False, True),
        ("symbol", SYMBOL, False, False),
        ("symbol.mini", SYMBOL, False, False),
        ("trade.loss", MONEY, True, False),
        ("news.high_impact", EVENTS, False, False),
    ],
)
def test_kind_sign_and_unknown_follow_the_engine(
    path: str, kind: object, never_negative: bool, may_be_unknown: bool
) -> None:
    fact = FACTS[path]

    assert (fact.kind, fact.never_negative, fact.may_be_unknown) == (kind, never_negative, may_be_unknown)
