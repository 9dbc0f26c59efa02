"""The REST side over a real socket: shapes as in the fixtures, codes, tokens, budgets, the clock."""

import time
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ACCOUNT = 9120345
SECOND_ACCOUNT = 9087711
MNQ = "CON.F.US.MNQ.Z26"
SINCE = "2026-11-17T00:00:00Z"


@pytest.fixture
def traded(sim: SimulatorProcess, api: Any) -> Any:
    """Return the client once a bracket entry is held, and a round turn is closed on the other account."""
    if not sim.state(ACCOUNT)["trades"]:
        tag = {"customTag": "rd-1", "stopLossBracket": {"ticks": -80, "type": 4}}
        legs = tag | {"takeProfitBracket": {"ticks": 160, "type": 1}}
        api("Order/place", accountId=ACCOUNT, contractId=MNQ, type=2, side=0, size=2, **legs)
        sim.place(SECOND_ACCOUNT, "MNQ", "buy", 1)
        wait_until(lambda: sim.state(SECOND_ACCOUNT)["positions"] and len(sim.state(ACCOUNT)["working"]) == 2)
        api("Position/closeContract", accountId=SECOND_ACCOUNT, contractId=MNQ)
        wait_until(lambda: sim.state(SECOND_ACCOUNT)["flat"])
    return api


def wait_until(condition: Any) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def keys(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    return {frozenset(row) for row in rows}


@pytest.mark.parametrize(
    ("path", "body", "name", "payload"),
    [
        ("Account/search", {"onlyActiveAccounts": False}, "rest_account_search", "accounts"),
        ("Contract/available", {"live": False}, "rest_contract_available", "contracts"),
        (
            "Contract/search",
            {"searchText": "ES", "live": False},
            "rest_contract_search_es_fuzzy",
            "contracts",
        ),
        ("Order/searchOpen", {"accountId": ACCOUNT}, "rest_order_searchopen", "orders"),
        ("Position/searchOpen", {"accountId": ACCOUNT}, "rest_position_searchopen", "positions"),
        ("Trade/search", {"accountId": ACCOUNT, "startTimestamp": SINCE}, "rest_trade_search", "trades"),
        ("Order/search", {"accountId": ACCOUNT, "startTimestamp": SINCE}, "rest_order_search", "orders"),
        ("Order/v2/query", {"filter": {"accountId": ACCOUNT}}, "rest_order_v2_query_suspended", "orders"),
    ],
)
def test_a_search_has_the_keys_of_its_fixture(
    traded: Any, fixture: Any, path: str, body: dict[str, Any], name: str, payload: str
) -> None:
    expected, got = fixture(name), traded(path, **body)

    assert list(got) == list(expected)
    assert got[payload]
    assert keys(got[payload]) <= keys(expected[payload])


def test_every_small_body_that_the_venue_documents_can_be_had(traded: Any, fixture: Any) -> None:
    bodies = {row["name"]: row for row in fixture("rest_small_bodies")}
    place = {"accountId": ACCOUNT, "contractId": MNQ, "type": 2, "side": 0, "size": 1}
    wrong_sign = place | {"stopLossBracket": {"ticks": 80, "type": 4}}
    calls = {
        "login_bad_key": ("Auth/loginKey", {"userName": "demo", "apiKey": "no"}),
        "place_account_not_found": ("Order/place", place | {"accountId": 7}),
        "place_wrong_tick_sign": ("Order/place", wrong_sign),
        "modify_order_not_found": ("Order/modify", {"accountId": ACCOUNT, "orderId": 1}),
        "close_already_flat": ("Position/closeContract", {"accountId": SECOND_ACCOUNT, "contractId": MNQ}),
        "partial_close_invalid_size": (
            "Position/partialCloseContract",
            {"accountId": ACCOUNT, "contractId": MNQ, "size": 99},
        ),
        "search_account_not_found": ("Position/searchOpen", {"accountId": 7}),
    }
    for name, (path, body) in calls.items():
        got = traded(path, **body)
        got = got | ({"orderId": bodies[name]["body"]["orderId"]} if got.get("orderId") else {})
        assert got == bodies[name]["body"], name


def test_numbers_and_times_are_written_as_the_venue_writes_them(traded: Any) -> None:
    text = traded.raw("Trade/search", {"accountId": ACCOUNT, "startTimestamp": SINCE}).text

    assert '"price":25500.250000000' in text
    assert '"profitAndLoss":null' in text
    assert '"fees":0.72,"commissions":0.5' in text


def test_trades_come_newest_first_and_orders_in_order_of_id(traded: Any) -> None:
    trades = traded("Trade/search", accountId=SECOND_ACCOUNT, startTimestamp=SINCE)["trades"]
    orders = traded("Order/search", accountId=ACCOUNT, startTimestamp=SINCE)["orders"]

    assert [row["id"] for row in trades] == sorted((row["id"] for row in trades), reverse=True)
    assert trades[0]["profitAndLoss"] == Decimal("-0.50")
    assert [row["id"] for row in orders] == sorted(row["id"] for row in orders)


def test_suspended_children_are_seen_by_v2_query_only(sim: SimulatorProcess, api: Any) -> None:
    resting = {"type": 1, "limitPrice": 25000, "stopLossBracket": {"ticks": -80, "type": 4}}
    placed = api("Order/place", accountId=SECOND_ACCOUNT, contractId=MNQ, side=0, size=1, **resting)
    time.sleep(0.05)

    shown = api("Order/searchOpen", accountId=SECOND_ACCOUNT)["orders"]
    all_of_them = api("Order/v2/query", filter={"accountId": SECOND_ACCOUNT, "statuses": [1, 6, 7, 8]})

    assert [row["id"] for row in shown] == [placed["orderId"]]
    assert [row["status"] for row in all_of_them["orders"]] == [1, 8]
    sim.control("/sim/cancel", {"account": SECOND_ACCOUNT})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("Order/place", {"accountId": ACCOUNT, "contractId": MNQ, "type": "Market", "side": 0, "size": 1}),
        ("Order/v2/query", {"accountId": ACCOUNT}),
        ("Account/search", {}),
        ("Auth/loginKey", {"userName": "demo"}),
    ],
)
def test_a_body_that_does_not_bind_is_http_400_with_problem_details(
    api: Any, path: str, body: dict[str, Any]
) -> None:
    answer = api.raw(path, body)

    assert answer.status_code == 400
    assert set(answer.json()) == {"type", "title", "status", "errors", "traceId"}


def test_no_token_is_401_without_a_body(api: Any) -> None:
    api.token = ""

    answer = api.raw("Account/search", {"onlyActiveAccounts": True})

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_login_sees_only_its_own_accounts(sim: SimulatorProcess, api: Any) -> None:
    mine = [row["id"] for row in api("Account/search", onlyActiveAccounts=False)["accounts"]]

    assert 9200001 not in mine
    assert api("Order/searchOpen", accountId=9200001)["errorCode"] == 1


def test_the_date_header_is_the_venues_clock(api: Any) -> None:
    told = parsedate_to_datetime(api.raw("Account/search", {"onlyActiveAccounts": True}).headers["Date"])

    assert (told.year, told.month, told.day) == (2026, 11, 17)


def test_the_live_universe_is_empty_and_expired_months_are_not_active(api: Any) -> None:
    assert api("Contract/available", live=True)["contracts"] == []
    assert len(api("Contract/available", live=False)["contracts"]) == 51
    old = api("Contract/searchById", contractId="CON.F.US.ENQ.H25")["contract"]
    assert (old["name"], old["activeContract"]) == ("NQH5", False)
    assert api("Contract/searchById", contractId="CON.F.US.XX.H25")["errorCode"] == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [({}, 0), ({"contractId": "no"}, 1), ({"unit": 9}, 2), ({"unitNumber": 0}, 3), ({"limit": 0}, 4)],
)
def test_bars_have_their_own_codes(api: Any, change: dict[str, Any], code: int) -> None:
    wanted = {"contractId": MNQ, "live": False, "startTime": SINCE, "endTime": "2026-11-18T00:00:00Z"}
    more = {"unit": 1, "unitNumber": 1, "limit": 10, "includePartialBar": True}

    assert api("History/retrieveBars", **(wanted | more | change))["errorCode"] == code


def test_history_reaches_back_before_the_start_newest_first(api: Any) -> None:
    wanted = {"contractId": MNQ, "live": False, "startTime": SINCE, "endTime": "2026-11-17T15:00:00Z"}

    bars = api("History/retrieveBars", **wanted, unit=2, unitNumber=5, limit=20, includePartialBar=False)[
        "bars"
    ]

    assert len(bars) == 20
    assert [bar["t"] for bar in bars] == sorted((bar["t"] for bar in bars), reverse=True)
    assert bars[0]["t"] == "2026-11-17T14:55:00+00:00"
    assert all(bar["l"] <= min(bar["o"], bar["c"]) <= max(bar["o"], bar["c"]) <= bar["h"] for bar in bars)
