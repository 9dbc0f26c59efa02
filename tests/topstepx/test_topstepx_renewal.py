"""Renewing the token when the venue makes it hard, and other questions that get odd answers."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from connectors.failures import Unreachable
from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.settings import GatewayUrls
from engine.events import Link, LinkSeen

LOGIN, VALIDATE = "/api/Auth/loginKey", "/api/Auth/validate"


def asked(simulator: SimulatorProcess, path: str) -> int:
    count = simulator.control("/sim/connections")["requests"].get(path, 0)
    assert isinstance(count, int)
    return count


@pytest.mark.parametrize(
    ("fault", "logins"),
    [
        ({"kind": "code", "code": 3}, 2),
        ({"kind": "status", "status": 401}, 2),
        ({"kind": "status", "status": 502}, 1),
        ({"kind": "garbage"}, 1),
        ({"kind": "status", "status": 429}, 1),
    ],
    ids=str,
)
def test_a_renewal_that_fails_leads_to_a_login_or_is_tried_again_and_never_costs_the_old_token(
    fault: dict[str, Any], logins: int, simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=GatewayUrls(simulator.api, None, None), token_age=0.3, token_retry=0.3)
    client.gateway.connect()
    simulator.control("/sim/faults/rest", fault | {"path": VALIDATE, "times": 1})
    client.gateway.start()

    client.until(lambda: asked(simulator, VALIDATE) >= 2 and asked(simulator, LOGIN) >= logins)

    assert [event.is_live for event in client.of(LinkSeen) if event.link is Link.LOGIN] == [True]
    assert asked(simulator, LOGIN) == logins


def test_a_login_refused_while_the_old_token_lives_does_not_end_the_session(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=GatewayUrls(simulator.api, None, None), token_age=0.3, token_retry=0.3)
    client.gateway.connect()
    simulator.control("/sim/settings", {"login_code": 9})
    simulator.control("/sim/faults/rest", {"kind": "code", "code": 3, "path": VALIDATE, "times": 1})
    client.gateway.start()

    client.until(lambda: asked(simulator, LOGIN) == 2)
    time.sleep(0.2)

    assert client.is_live(Link.LOGIN)
    assert client.gateway.accounts()


def test_a_venue_that_takes_no_token_at_all_is_unreachable_and_not_hammered_with_logins(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(login_spacing=0.3)
    client.gateway.connect()
    simulator.control(
        "/sim/faults/rest", {"kind": "status", "status": 401, "path": "/api/Account/search", "times": 100}
    )

    for _ in range(20):
        with pytest.raises(Unreachable):
            client.gateway.accounts()
        time.sleep(0.02)

    assert asked(simulator, LOGIN) <= 4


def test_more_working_orders_than_fit_on_a_page_are_all_read(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    account, client = simulator.accounts[0], desk()
    client.gateway.connect()
    for number in range(130):
        simulator.place(account, "MNQ", "buy", 1, limit=25_000 + number)
    client.until(lambda: len(simulator.state(account)["working"]) == 130)
    time.sleep(0.1)

    orders = client.gateway.snapshot(account, client.now()).orders

    assert len({order.id for order in orders}) == 130


def test_a_contract_that_nobody_knows_is_asked_for_once(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.connect()
    catalogue = client.gateway._catalogue

    for _ in range(5):
        catalogue.ensure({"CON.F.US.NOPE.Z26"}, Use.BACKGROUND)

    assert not catalogue.knows("CON.F.US.NOPE.Z26")
    assert asked(simulator, "/api/Contract/searchById") == 1


def test_a_redirect_is_a_no_and_is_not_followed(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk()
    client.gateway.connect()
    simulator.control(
        "/sim/faults/rest", {"kind": "status", "status": 307, "path": "/api/Position/searchOpen", "times": 1}
    )

    with pytest.raises(Unreachable, match="status 307"):
        client.gateway.snapshot(simulator.accounts[0], client.now())
