"""Requests with our token: a token that died is replaced once, for reads only."""

from collections.abc import Mapping
from typing import Any

from connectors.failures import Unauthorized, Unreachable
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.channel import Channel
from connectors.topstepx.rest.keeper import TokenKeeper


class Caller:
    """Posts as the logged-in user."""

    def __init__(self, channel: Channel, keeper: TokenKeeper) -> None:
        self._channel = channel
        self._keeper = keeper

    def read(self, path: str, body: Mapping[str, object], use: Use) -> dict[str, Any]:
        """Return the answer to a question. Raises Unreachable, RateLimited, LoginRefused, Refused."""
        token = self._keeper.token()
        try:
            return self._channel.read(path, body, token.secret, use)
        except Unauthorized as error:
            self._keeper.reject(token, str(error))
        token = self._keeper.token()
        try:
            return self._channel.read(path, body, token.secret, use)
        except Unauthorized as error:
            self._keeper.reject(token, str(error))
            raise Unreachable("the venue does not even accept a new token") from error

    def act(self, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Return the answer to a request that changes something, sent once. Raises also Unauthorized."""
        token = self._keeper.token()
        try:
            return self._channel.act(path, body, token.secret)
        except Unauthorized as error:
            self._keeper.reject(token, str(error))
            raise
