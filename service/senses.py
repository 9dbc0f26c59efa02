"""What the guard cannot see or do is an alarm within seconds: BLIND, IMPOTENT and STALE (`reliability.md`, I12)."""

from collections.abc import Collection

from engine.events import Link
from engine.state import State
from engine.units import SECOND, Instant
from service.alarms import Alarms
from service.guarded import Guarded

PATIENCE = 2 * SECOND
"""A connection that is back by then was never gone; with a look each second the alarm comes within five (I12)."""

TOO_OLD = 95 * SECOND
"""A whole view is read each 30 s beside a live stream; so long without one means that three readings failed."""


class Senses:
    """Looked at by the engine thread, each second. A halted account has its alarm already."""

    def __init__(self, accounts: Collection[Guarded], alarms: Alarms) -> None:
        self._accounts = accounts
        self._alarms = alarms
        self._since: dict[str, Instant] = {}

    def look(self, now: Instant) -> None:
        """Raise what has lasted too long, and clear what is over."""
        for account in self._accounts:
            name, state = account.name, account.state
            self._tell(
                f"blind:{name}",
                now,
                is_so=not account.halted and not _is_live(state, Link.USER_HUB),
                text=f"BLIND: the stream of account {name} is down; it is read every few seconds instead",
            )
            self._tell(
                f"impotent:{name}",
                now,
                is_so=not account.halted and not _is_live(state, Link.REST),
                text=f"IMPOTENT: no request of account {name} reaches the venue, nothing can be closed; use the platform",
            )
            self._tell(
                f"stale:{name}",
                now,
                is_so=not account.halted and _is_old(state, now),
                text=f"STALE: account {name} could not be read whole for {TOO_OLD // SECOND} s",
            )

    def _tell(self, code: str, now: Instant, *, is_so: bool, text: str) -> None:
        if not is_so:
            self._since.pop(code, None)
            self._alarms.clear(code)
        elif now - self._since.setdefault(code, now) >= PATIENCE:
            self._alarms.raise_(code, text)


def _is_live(state: State, link: Link) -> bool:
    seen = state.links.get(link)
    return seen is not None and seen.is_live


def _is_old(state: State, now: Instant) -> bool:
    return state.synced_at is not None and now - state.synced_at > TOO_OLD
