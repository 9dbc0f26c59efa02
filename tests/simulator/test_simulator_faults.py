"""Faults on command: each one does what it says, and `clear` ends them all."""

import time
from collections.abc import Iterator
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from connectors.simulator.child import SimulatorProcess

ACCOUNT = 9120345
MNQ = "CON.F.US.MNQ.Z26"
MARKET_ORDER = {"accountId": ACCOUNT, "contractId": MNQ, "type": 2, "side": 0, "size": 1}


@pytest.fixture(autouse=True)
def _clean(sim: SimulatorProcess) -> Iterator[None]:
    yield
    sim.control("/sim/faults/clear")
    sim.control("/sim/liquidate", {"account": ACCOUNT, "block": False})
    sim.wait_until(lambda state: state["flat"], ACCOUNT)
    sim.control(
        "/sim/settings",
        {"requests_per_minute": 0, "token_life_seconds": 86400, "login_code": 0, "one_session": False},
    )


def orders(sim: SimulatorProcess) -> int:
    return len(sim.state(ACCOUNT)["orders"])


@pytest.mark.parametrize("status", [401, 429, 500, 502, 503])
def test_a_status_is_answered_once_and_nothing_is_executed(
    sim: SimulatorProcess, api: Any, status: int
) -> None:
    before = orders(sim)
    sim.control("/sim/faults/rest", {"kind": "status", "path": "Order/place", "status": status})

    first, second = api.raw("Order/place", MARKET_ORDER), api.raw("Order/place", MARKET_ORDER)

    assert (first.status_code, first.content, second.status_code) == (status, b"", 200)
    assert orders(sim) == before + 1


@pytest.mark.parametrize(("kind", "executed"), [("drop_before", 0), ("drop_after", 1)])
def test_a_cut_call_leaves_the_client_in_doubt(
    sim: SimulatorProcess, api: Any, kind: str, executed: int
) -> None:
    before = orders(sim)
    sim.control("/sim/faults/rest", {"kind": kind, "path": "Order/place"})

    with pytest.raises(requests.ConnectionError):
        api.raw("Order/place", MARKET_ORDER)

    assert orders(sim) == before + executed


@pytest.mark.parametrize(("kind", "executed"), [("hang_before", 0), ("hang_after", 1)])
def test_a_hanging_call_times_out_before_or_after_execution(
    sim: SimulatorProcess, api: Any, kind: str, executed: int
) -> None:
    before = orders(sim)
    sim.control("/sim/faults/rest", {"kind": kind, "path": "Order/place", "seconds": 3})

    with pytest.raises(requests.Timeout):
        requests.post(
            f"{api.base}/api/Order/place",
            json=MARKET_ORDER,
            headers={"Authorization": f"Bearer {api.token}"},
            timeout=0.3,
        )

    assert orders(sim) == before + executed


def test_an_error_code_can_be_forced_for_any_endpoint(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/faults/rest", {"kind": "code", "path": "closeContract", "code": 6, "times": 2})

    codes = [api("Position/closeContract", accountId=ACCOUNT, contractId=MNQ)["errorCode"] for _ in range(3)]

    assert codes == [6, 6, 2]


def test_a_slow_call_is_answered_late(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/faults/rest", {"kind": "slow", "seconds": 0.4})
    started = time.monotonic()

    api("Order/searchOpen", accountId=ACCOUNT)

    assert time.monotonic() - started >= 0.4


def test_the_budget_refuses_with_429_and_counts_per_login(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/settings", {"requests_per_minute": 3})

    statuses = [api.raw("Order/searchOpen", {"accountId": ACCOUNT}).status_code for _ in range(300)]

    assert statuses.count(200) <= 3
    assert statuses[-1] == 429


def test_a_token_ends_with_its_life_and_validate_gives_a_new_one(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/settings", {"token_life_seconds": 60})
    short = api("Auth/validate")["newToken"]
    sim.control("/sim/clock", {"advance": 61})

    api.token, long_lived = short, api.token

    assert api.raw("Auth/validate", {}).status_code == 401
    api.token = long_lived
    assert api.raw("Auth/validate", {}).status_code == 200


def test_skew_falsifies_the_date_header_only(sim: SimulatorProcess, api: Any) -> None:
    honest = parsedate_to_datetime(api.raw("Auth/validate", {}).headers["Date"])
    sim.control("/sim/clock", {"skew": 3600})

    skewed = parsedate_to_datetime(api.raw("Auth/validate", {}).headers["Date"])

    assert 3599 <= (skewed - honest).total_seconds() <= 3605


def test_rest_can_lag_behind_what_has_happened(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/faults/odd", {"rest_lag_ms": 700})
    time.sleep(0.3)
    sim.place(ACCOUNT, "MNQ", "buy", 1)
    time.sleep(0.1)

    at_once = api("Position/searchOpen", accountId=ACCOUNT)["positions"]
    time.sleep(1.0)
    later = api("Position/searchOpen", accountId=ACCOUNT)["positions"]

    assert (len(at_once), len(later)) == (0, 1)


def test_a_voided_trade_is_marked_and_its_money_given_back(sim: SimulatorProcess, api: Any) -> None:
    before = sim.state(ACCOUNT)["account"]["balance"]
    sim.place(ACCOUNT, "MNQ", "buy", 1)
    time.sleep(0.1)
    trade = sim.state(ACCOUNT)["trades"][-1]

    sim.control("/sim/void", {"tradeId": trade["id"]})

    rows = api("Trade/search", accountId=ACCOUNT, startTimestamp="2026-11-17T00:00:00Z")["trades"]
    assert rows[0]["voided"] is True
    assert Decimal(sim.state(ACCOUNT)["account"]["balance"]) == Decimal(before)


def test_a_login_can_be_refused_with_any_code(sim: SimulatorProcess, api: Any) -> None:
    sim.control("/sim/settings", {"login_code": 9})

    told = api("Auth/loginKey", userName="demo", apiKey="demo-key")

    assert told == {"token": None, "success": False, "errorCode": 9, "errorMessage": None}


def test_a_second_login_can_throw_the_first_one_out(sim: SimulatorProcess, api: Any) -> None:
    again = api("Auth/loginKey", userName="demo", apiKey="demo-key")["token"]
    assert api.raw("Auth/validate", {}).status_code == 200
    sim.control("/sim/settings", {"one_session": True})

    third = api("Auth/loginKey", userName="demo", apiKey="demo-key")["token"]

    api.token = again
    assert api.raw("Auth/validate", {}).status_code == 401
    api.token = third
    assert api.raw("Auth/validate", {}).status_code == 200
