"""Logging in, staying logged in, and being thrown out."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.failures import LoginRefused, UnknownAccount, Unreachable
from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.rest.tokens import life_of
from connectors.topstepx.settings import GatewayUrls, TimeSource
from engine.commands import CancelOrder
from engine.events import Answer, Link, LinkSeen, Refusal, SnapshotTaken

LOGIN = "/api/Auth/loginKey"
MNQ = "CON.F.US.MNQ.Z26"


def asked(simulator: SimulatorProcess, path: str) -> int:
    """Return how often the venue was asked at `path`."""
    count = simulator.control("/sim/connections")["requests"].get(path, 0)
    assert isinstance(count, int)
    return count


@pytest.mark.parametrize(
    ("code", "words", "is_permanent"),
    [
        (1, "login name", True),
        (3, "user name and API key", True),
        (7, "agreements", True),
        (8, "swapped", False),
        (9, "subscription", True),
        (10, "switched", True),
        (77, "code 77", True),
    ],
)
def test_a_refused_login_says_what_a_person_must_do_and_is_not_repeated(
    code: int, words: str, is_permanent: bool, simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(login_spacing=5.0)
    simulator.control("/sim/settings", {"login_code": code})

    for _ in range(3):
        with pytest.raises(LoginRefused, match=words) as caught:
            client.gateway.connect()

    assert (caught.value.code, caught.value.is_permanent) == (code, is_permanent)
    assert asked(simulator, LOGIN) == 1
    assert not client.is_live(Link.LOGIN)


def test_a_wrong_key_never_shows_in_the_error(simulator: SimulatorProcess, desk: Callable[..., Any]) -> None:
    client = desk(api_key="canary-key-0123")

    with pytest.raises(LoginRefused) as caught:
        client.gateway.connect()

    assert "canary" not in repr(caught.value)


def test_an_account_that_the_login_does_not_see_is_named_with_those_that_it_sees(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    with pytest.raises(UnknownAccount, match=r"does not see account 42; it sees .*9120345 \(PRAC"):
        desk(accounts=(42,)).gateway.connect()


def test_a_gateway_that_is_not_there_is_unreachable(desk: Callable[..., Any]) -> None:
    with pytest.raises(Unreachable, match="no connection"):
        desk(urls=GatewayUrls("http://127.0.0.1:9", None, None)).gateway.connect()


def test_a_client_started_before_the_venue_answers_gets_there_by_itself(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    simulator.control("/sim/faults/rest", {"kind": "status", "status": 502, "path": "", "times": 10_000})
    with pytest.raises(Unreachable):
        client.gateway.connect()

    client.gateway.start()
    time.sleep(0.5)
    simulator.control("/sim/faults/clear")

    client.until(lambda: client.is_live(Link.USER_HUB) and client.is_live(Link.MARKET_HUB))
    client.until(client.gateway.instruments)


def test_every_answer_tells_the_time_of_the_venue(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.connect()

    assert {source for _, source in client.heard} == {TimeSource.DATE_HEADER}
    assert all(instant % 1_000_000 == 0 for instant, _ in client.heard)
    assert len(client.heard) == 3


def test_a_token_is_renewed_before_it_expires_and_no_link_goes_down(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account = simulator.accounts[0]
    simulator.control("/sim/settings", {"token_life_seconds": 5})
    client = desk(poll_blind=60.0, token_share=0.4).start()

    size = 0
    for _ in range(10):
        simulator.place(account, "MNQ", "buy", 1)
        size += 1
        time.sleep(0.5)
    client.until(lambda: client.size(account, MNQ) == size)

    assert asked(simulator, "/api/Auth/validate") >= 2
    assert asked(simulator, LOGIN) == 1
    assert not client.downs(Link.USER_HUB)
    assert not client.downs(Link.MARKET_HUB)
    assert len(simulator.control("/sim/connections")["links"]) == 2


def test_tokens_that_died_are_replaced_by_one_login_for_everybody(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(login_spacing=0.01).start()
    simulator.control("/sim/faults/expire_tokens")

    client.gateway.snapshot(simulator.accounts[0], client.now())
    simulator.control("/sim/faults/cut", {"how": "fin"})
    client.until(lambda: client.downs(Link.USER_HUB) and client.is_live(Link.USER_HUB))

    assert asked(simulator, LOGIN) == 2
    assert client.is_live(Link.LOGIN)


def test_a_command_with_a_dead_token_is_not_sent_twice(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.connect()
    simulator.control("/sim/faults/expire_tokens")
    cancel = CancelOrder("c", "e", MNQ, 77)

    first = client.gateway.execute(simulator.accounts[0], cancel)
    time.sleep(0.15)
    second = client.gateway.execute(simulator.accounts[0], cancel)

    assert (first.answer, second.refusal) == (Answer.UNKNOWN, Refusal.GONE)
    assert asked(simulator, "/api/Order/cancel") == 2


@pytest.mark.parametrize("keep_tokens", [True, False])
def test_being_logged_out_by_the_venue_leads_to_one_new_login_for_both_hubs(
    keep_tokens: bool, simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk().start()

    simulator.control("/sim/faults/logout", {"keep_tokens": keep_tokens})
    client.until(lambda: client.downs(Link.USER_HUB) and client.downs(Link.MARKET_HUB))
    client.until(lambda: client.is_live(Link.USER_HUB) and client.is_live(Link.MARKET_HUB))

    logins = [event.is_live for event in client.of(LinkSeen) if event.link is Link.LOGIN]
    assert logins == [True, False, True]
    assert asked(simulator, LOGIN) == 2


def test_logged_out_again_and_again_rest_keeps_seeing_the_account(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account = simulator.accounts[0]
    client = desk(logout_window=30.0).start()

    for count in range(1, 9):
        simulator.control("/sim/faults/logout")
        simulator.place(account, "MNQ", "buy", 1)
        client.until(lambda count=count: client.size(account, MNQ) == count, 3.0)
        time.sleep(0.2)

    assert "/api/Position/searchOpen" in simulator.control("/sim/connections")["requests"]
    assert asked(simulator, LOGIN) <= 12
    assert client.of(SnapshotTaken)


@pytest.mark.parametrize("token", ["", "opaque", "a.b.c", "a.e30.c", "..", "x" * 5000])
def test_a_token_that_does_not_tell_its_life_is_renewed_by_age(token: str) -> None:
    assert life_of(token) is None


def test_the_life_of_a_token_is_read_from_it(fixture: Callable[[str], Any]) -> None:
    body = next(case["body"] for case in fixture("rest_small_bodies") if case["name"] == "login_ok")

    assert life_of(body["token"]) == 86_400
