"""The recorded answers by REST, given out again to whoever asks the same question."""

from collections.abc import Mapping
from typing import Any

from connectors.failures import Unreadable
from connectors.topstepx.decode.stamps import instant_from
from connectors.topstepx.decode.wire import read_json
from connectors.topstepx.recording.lines import Line
from connectors.topstepx.rest.budget import Use
from engine.units import Instant

ACCOUNTS = "/api/Account/search"
POSITIONS = "/api/Position/searchOpen"
FILLS = "/api/Trade/search"
QUERY = "/api/Order/v2/query"
OPEN_ORDERS = "/api/Order/searchOpen"

_Key = tuple[str, object]


class Answers:
    """Remembers the last answer to each question; a paged one by its first row. Stands in for the venue."""

    def __init__(self) -> None:
        self._answers: dict[_Key, dict[str, Any]] = {}
        self._asked: dict[_Key, dict[str, Any]] = {}
        self._orders_at: dict[object, Instant] = {}

    def take(self, line: Line) -> dict[str, Any] | None:
        """Keep a recorded answer and return what was asked; None where there is nothing to keep.

        Raises Unreadable. An answer with another status than 200 told the client nothing about the account.
        """
        if line.fields.get("status") != 200 or line.fields.get("asked") is None:
            return None
        path, asked, answer = line.text("path"), read_json(line.text("asked")), read_json(line.text("body"))
        if not isinstance(asked, dict) or not isinstance(answer, dict):
            raise Unreadable("question or answer is no object")
        key = _key(path, asked)
        if path in (QUERY, OPEN_ORDERS):
            self._orders_at[_account(asked)] = line.at
        self._answers[key], self._asked[key] = answer, asked
        return asked

    def read(self, path: str, body: Mapping[str, Any], use: Use) -> dict[str, Any]:
        """Return the recorded answer to a question. Raises Unreadable when there is none."""
        answer = self._answers.get(_key(path, body))
        if answer is None:
            raise Unreadable("the recording does not have this answer")
        return answer

    def has_all(self, account: object) -> bool:
        """Say whether accounts, orders and positions were all answered before."""
        return (
            account in self._orders_at
            and (POSITIONS, account) in self._answers
            and any(path == ACCOUNTS for path, _ in self._answers)
        )

    def asked_at(self, account: object) -> Instant:
        """Return when the first of an account's answers came."""
        return self._orders_at[account]

    def since(self, account: object) -> Instant:
        """Return from when on the account's fills were asked for. Raises Unreadable."""
        since = instant_from(self._asked[(FILLS, account)].get("startTimestamp"))
        if since is None:
            raise Unreadable("the fills were asked for without a time")
        return since


def _key(path: str, asked: Mapping[str, Any]) -> _Key:
    """Return what tells one question from another: the account, the contract, or the page."""
    if path == QUERY:
        return path, (_account(asked), asked.get("pageOffset"))
    return path, asked.get("accountId", asked.get("contractId"))


def _account(asked: Mapping[str, Any]) -> object:
    inner = asked.get("filter")
    return inner.get("accountId") if isinstance(inner, dict) else asked.get("accountId")
