"""Worlds, scripted traders, and that the same seed gives the same day."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.core.instants import MINUTE, SECOND
from connectors.simulator.world import WorldError, build, create, read
from connectors.simulator.world_schema import FOLDER

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_every_shipped_world_runs(name: str) -> None:
    exchange = create(read(name), seed=3)

    exchange.advance(exchange.venue.now + MINUTE)

    assert all(market.ask > market.bid for market in exchange.venue.markets.values())


def test_one_world_can_be_created_twice_without_a_trace_of_the_first_time() -> None:
    world = read("busy")
    days = []
    for _ in range(2):
        exchange = create(world, seed=5)
        days.append(exchange.advance(exchange.venue.now + 5 * MINUTE))

    assert days[0] == days[1]


def test_the_same_seed_gives_the_same_day_to_the_last_event() -> None:
    days = []
    for seed in (5, 5, 6):
        exchange = create(read("busy"), seed)
        days.append(exchange.advance(exchange.venue.now + 10 * MINUTE))

    assert days[0] == days[1]
    assert days[0] != days[2]


def test_traders_of_the_busy_world_trade_and_end_each_round_flat() -> None:
    exchange = create(read("busy"), seed=5)

    exchange.advance(exchange.venue.now + 30 * MINUTE)

    venue = exchange.venue
    assert {trade.account_id for trade in venue.trades.values()} == set(venue.accounts)
    assert len(venue.trades) > 20


def test_steps_wait_for_their_time_and_for_what_shall_come_true() -> None:
    script = [
        {"at": 1, "buy": 1, "of": "MNQ"},
        {"wait": "position"},
        {"after": 2, "move": "MNQ", "by": -10, "moving": False},
        {"close": "MNQ"},
        {"wait": "quiet", "within": 5},
        {"can_trade": False},
    ]
    raw = {
        "accounts": [{"id": 1, "name": "PRAC-1"}],
        "markets": [{"symbol": "MNQ", "price": 25500, "moving": False}],
        "traders": [{"account": 1, "script": script}],
    }
    exchange = create(build(raw, "test"), seed=1)
    exchange.advance(exchange.venue.now + 10 * SECOND)

    opened, closed = exchange.venue.trades.values()
    assert 1.9 < (closed.created - opened.created) / SECOND < 2.3
    assert closed.gross == Decimal("-20.50")
    assert not exchange.venue.accounts[1].can_trade


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"accounts": []}, "accounts"),
        ({"marktes": []}, "marktes"),
        ({"markets": [{"symbol": "NOPE"}]}, "'NOPE' is no symbol"),
        ({"settings": {"flip_rows": 3}}, "settings/flip_rows"),
        ({"accounts": [{"id": 1, "name": "A", "login": "x"}]}, "'x' is no userName"),
        ({"accounts": [{"id": 1, "name": "A"}, {"id": 1, "name": "B"}]}, "the same id"),
        ({"start": "yesterday"}, "'yesterday' is not a time"),
        ({"traders": [{"account": 1, "script": [{"buy": 1}]}]}, "traders/0/script/0"),
        ({"traders": [{"account": 1, "script": [{"close": "ES"}]}]}, "'ES' is no market"),
        ({"traders": [{"account": 2, "script": [{"cancel": "all"}]}]}, "2 is no account"),
    ],
)
def test_a_wrong_world_is_refused_with_its_place(change: dict[str, Any], told: str) -> None:
    good = {"accounts": [{"id": 1, "name": "A"}], "markets": [{"symbol": "MNQ"}]}

    with pytest.raises(WorldError, match=told):
        create(build(good | change, "test"), seed=1)


def test_an_unknown_world_names_the_known_ones() -> None:
    with pytest.raises(WorldError, match="busy, default"):
        read("nowhere")


def test_a_wait_in_vain_is_given_up_and_noted() -> None:
    raw = {
        "accounts": [{"id": 1, "name": "A"}],
        "markets": [{"symbol": "MNQ"}],
        "traders": [{"account": 1, "script": [{"wait": "position", "within": 2}, {"buy": 1, "of": "MNQ"}]}],
    }
    exchange = create(build(raw, "test"), seed=1)
    exchange.advance(exchange.venue.now + 3 * SECOND)

    assert exchange.notes == ["account 1 waited 2 s in vain for position"]
    assert len(exchange.venue.trades) == 1
