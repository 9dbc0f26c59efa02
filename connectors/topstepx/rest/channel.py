"""A POST as the rest of the client sees it: a JSON object, or an exception that says what to do."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectors.failures import RateLimited, Refused, Unauthorized, Unreachable, Unreadable
from connectors.secret import Secret
from connectors.topstepx.board import Board
from connectors.topstepx.decode.stamps import instant_from_date_header
from connectors.topstepx.decode.wire import read_json, write_json
from connectors.topstepx.rest.budget import Budget, Use
from connectors.topstepx.rest.transport import Reply, Transport
from connectors.topstepx.settings import TimeSource, Timings
from connectors.topstepx.wording import plain
from engine.events import Link
from engine.units import Instant

_PAUSES = (0.1, 0.4)  # seconds before a read is tried again


class Channel:
    """Counts every request, reads the venue's clock off every answer, and knows whether REST is alive."""

    def __init__(
        self,
        transport: Transport,
        budget: Budget,
        board: Board | None,
        heard: Callable[[Instant, TimeSource], None],
        timings: Timings,
    ) -> None:
        """`board` None: a side way, whose failures say nothing of REST as a whole."""
        self._transport = transport
        self._budget = budget
        self._board = board
        self._heard = heard
        self._timings = timings

    def read(self, path: str, body: Mapping[str, object], token: Secret | None, use: Use) -> dict[str, Any]:
        """Post what may be repeated: when the connection fails quickly, it is tried again, twice at most.

        Raises Unreachable, RateLimited, Unauthorized, Refused (a status that is a plain no).
        """
        return self._reported(path, self._posted(path, body, token, use, _PAUSES))

    def act(self, path: str, body: Mapping[str, object], token: Secret) -> dict[str, Any]:
        """Post what changes something: once, never again. Raises as `read`."""
        return self._reported(path, self._posted(path, body, token, Use.ENFORCEMENT, ()))

    def _posted(
        self, path: str, body: Mapping[str, object], token: Secret | None, use: Use, pauses: Sequence[float]
    ) -> Reply:
        text = write_json(body)
        for pause in (*pauses, None):
            self._budget.take(use)
            started = time.monotonic()
            try:
                return self._transport.post(path, text, token)
            except Unreachable as error:
                if pause is None or time.monotonic() - started >= self._timings.rest_connect:
                    self._report(False, str(error))
                    raise
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _reported(self, path: str, reply: Reply) -> dict[str, Any]:
        try:
            answer = self._judged(path, reply)
        except Unreachable as error:
            self._report(False, str(error))
            raise
        except (RateLimited, Unauthorized, Refused):
            self._report(True)
            raise
        self._report(True)
        return answer

    def _report(self, is_live: bool, reason: str = "") -> None:
        if self._board is not None:
            self._board.report(Link.REST, is_live, reason)

    def _judged(self, path: str, reply: Reply) -> dict[str, Any]:
        """Return the JSON object of a good answer. Raises by status otherwise."""
        instant = instant_from_date_header(reply.date)
        if instant is not None:
            self._heard(instant, TimeSource.DATE_HEADER)
        if reply.status in (401, 403):
            raise Unauthorized(f"the venue did not accept our token (status {reply.status})")
        if reply.status == 429:
            wait = _seconds(reply.retry_after) or self._timings.limited_pause
            self._budget.limited(wait)
            raise RateLimited("the venue says that we ask too often", wait)
        if reply.status >= 500:
            raise Unreachable(f"the gateway is out of order (status {reply.status})")
        if reply.status != 200:
            raise Refused(
                f"{path} was refused (status {reply.status}): {plain(reply.body.decode(errors='replace'))}"
            )
        answer = read_json(reply.body)
        if not isinstance(answer, dict):
            raise Unreadable(f"the answer to {path} is not an object")
        return answer


def _seconds(retry_after: str | None) -> float:
    """Return a Retry-After header in seconds; 0 when absent or no plain number. At most a minute."""
    return (
        min(float(retry_after), 60.0)
        if retry_after and retry_after.isascii() and retry_after.isdigit()
        else 0.0
    )
