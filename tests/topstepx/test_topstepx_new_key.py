"""Another API key while connected: in use at once when the venue takes it, forgotten when it does not."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.failures import LoginRefused
from connectors.secret import Secret
from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.settings import GatewayUrls

LOGIN, VALIDATE = "/api/Auth/loginKey", "/api/Auth/validate"


def logins(simulator: SimulatorProcess) -> int:
    return int(simulator.control("/sim/connections")["requests"].get(LOGIN, 0))


def test_a_refused_key_is_forgotten_and_the_next_login_uses_the_one_before(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=GatewayUrls(simulator.api, None, None), token_age=0.3, token_retry=0.3)
    client.gateway.connect()

    with pytest.raises(LoginRefused):
        client.gateway.use_key(Secret("nobody knows this key"))
    simulator.control("/sim/faults/rest", {"kind": "code", "code": 3, "path": VALIDATE, "times": 1})
    client.gateway.start()

    client.until(lambda: logins(simulator) >= 3)
    client.until(lambda: client.gateway._rest.keeper.token().number >= 2)


def test_a_key_that_works_gives_a_new_token_at_once(
    simulator: SimulatorProcess, desk: Callable[..., Any]
) -> None:
    client = desk(urls=GatewayUrls(simulator.api, None, None))
    client.gateway.connect()
    before = client.gateway._rest.keeper.token().number

    client.gateway.use_key(Secret(simulator.api_key))

    assert client.gateway._rest.keeper.token().number == before + 1
    assert client.gateway.accounts()
