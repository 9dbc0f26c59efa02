"""The accounts the login sees: one request answers for all of them, so the answer is shared for a moment."""

import time
from collections.abc import Iterable
from threading import Lock

from connectors.failures import UnknownAccount
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.reads import Reads
from connectors.topstepx.wording import plain
from engine.venue import AccountStatus


class AccountList:
    """Remembers the last Account/search."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._lock = Lock()
        self._rows: dict[int, AccountStatus] = {}
        self._read_at: float | None = None

    def rows(self, use: Use, most_age: float) -> dict[int, AccountStatus]:
        """Return every account, read anew unless that was done within `most_age` seconds. Raises as `Reads`."""
        with self._lock:
            if self._read_at is not None and time.monotonic() - self._read_at <= most_age:
                return dict(self._rows)
        asked_at = time.monotonic()
        rows = self._reads.accounts(use)
        with self._lock:
            self._rows, self._read_at = rows, asked_at
        return dict(rows)

    def require(self, accounts: Iterable[int], user_name: str) -> None:
        """See that every one of our accounts is there. Raises UnknownAccount, one sentence for people, or as `rows`."""
        seen = self.rows(Use.ENFORCEMENT, 0.0)
        for account in accounts:
            if account not in seen:
                visible = ", ".join(f"{number} ({plain(row.name)})" for number, row in sorted(seen.items()))
                raise UnknownAccount(
                    f"login {plain(user_name)} does not see account {account};"
                    f" it sees {visible or 'no account at all'}"
                )

    def forget(self) -> None:
        """Drop what is remembered: the hub has told something newer."""
        with self._lock:
            self._read_at = None
