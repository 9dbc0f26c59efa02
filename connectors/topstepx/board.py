"""Which ways to the venue are up: each change goes out once, as an event and as a line in the log."""

from collections.abc import Callable
from threading import Lock

from connectors.topstepx.wording import LOG, plain
from engine.events import Event, Link, LinkSeen
from engine.units import Instant


class Board:
    """The state of the four links. Any thread may report."""

    def __init__(self, sink: Callable[[Event], None], now: Callable[[], Instant]) -> None:
        self._sink = sink
        self._now = now
        self._lock = Lock()
        self._live: dict[Link, bool] = {}
        self._since: dict[Link, Instant] = {}

    def report(self, link: Link, is_live: bool, reason: str = "") -> None:
        """Say how a link is; nothing happens unless that is a change."""
        with self._lock:
            if self._live.get(link) is is_live:
                return
            at = self._now()
            self._live[link], self._since[link] = is_live, at
            reason = plain(reason)
            LOG.info("%s is %s%s", link, "live" if is_live else "down", f": {reason}" if reason else "")
            self._sink(LinkSeen(at, link, is_live, reason))

    def live_since(self, link: Link) -> Instant | None:
        """Return since when a link is live; None when it is not."""
        return self._since[link] if self.is_live(link) else None

    def is_live(self, link: Link) -> bool:
        return self._live.get(link, False)
