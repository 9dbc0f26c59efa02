"""A link: the supervisor thread that alone owns a hub's connection, and brings it back whatever happens."""

import ssl
import time
from collections import deque
from collections.abc import Callable
from threading import Event, Thread

from connectors.failures import ConnectorError
from connectors.topstepx.board import Board
from connectors.topstepx.hub.backoff import Backoff
from connectors.topstepx.hub.connection import Connection
from connectors.topstepx.hub.down import HubDown
from connectors.topstepx.hub.session import Listener, Session
from connectors.topstepx.rest.keeper import TokenKeeper
from connectors.topstepx.settings import Timings
from connectors.topstepx.wording import LOG, plain
from engine.events import Link


class HubLink:
    """Keeps one hub connected. `listener` makes a new listener for each connection."""

    def __init__(
        self,
        link: Link,
        url: str,
        listener: Callable[[], Listener],
        *,
        keeper: TokenKeeper,
        board: Board,
        context: ssl.SSLContext,
        timings: Timings,
        overheard: Callable[[str], None] | None = None,
    ) -> None:
        self._link = link
        self._overheard = overheard
        self._is_stale = False
        self._url = url
        self._listener = listener
        self._keeper = keeper
        self._board = board
        self._context = context
        self._timings = timings
        self._wake = Event()
        self._stopping = Event()
        self._opening: Connection | None = None
        self._session: Session | None = None
        self._live_since: float | None = None
        self._handover_at = 0.0
        self._backoff = Backoff(timings.backoff_first, timings.backoff_most)
        self._logouts: deque[float] = deque()
        self._was_new_token_tried = False
        self._thread = Thread(target=self._run, name=f"risk-{link}", daemon=True)

    def start(self) -> None:
        self._board.report(self._link, False, "not connected yet")
        self._thread.start()

    def wake(self) -> None:
        """Let the supervisor look at once."""
        self._wake.set()

    def rebuild(self, reason: str) -> None:
        """Give up the connection and make a new one: somebody found out that it is of no use."""
        if (session := self._session) is not None:
            session.connection.abandon(reason)

    def renew(self) -> None:
        """Go over to a new connection, because what is listened to has changed; the old one ends after that."""
        self._is_stale = True
        self._wake.set()

    def ask_to_stop(self) -> None:
        """Begin to stop: whatever the supervisor is waiting for, ends."""
        self._stopping.set()
        self._wake.set()
        if (opening := self._opening) is not None:
            opening.abandon("stopping")

    def join(self, patience: float) -> None:
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._session = self._open()
                while not self._stopping.is_set():
                    self._wake.clear()
                    self._step(self._session)
                    self._wake.wait(self._timings.tick)
            except HubDown as error:
                self._down(error, self._pause_after(error))
            except ConnectorError as error:
                self._down(error, self._backoff.wait())
            except Exception as error:  # the outermost loop: a mistake of ours must not end our hearing
                LOG.exception("%s: the supervisor failed", self._link)
                self._down(error, self._backoff.longest())
        self._drop()

    def _open(self) -> Session:
        """Return a session that is connected and subscribed. Raises ConnectorError."""
        self._is_stale = False
        token = self._keeper.token()
        connection = Connection(
            self._url, token, self._context, self._timings, wake=self._wake, overheard=self._overheard
        )
        self._opening = connection
        session = Session(connection, self._listener(), self._timings, self._wake)
        try:
            session.open()
        except BaseException:
            connection.close()
            raise
        self._was_new_token_tried = False
        return session

    def _step(self, session: Session) -> None:
        was_live = session.is_live
        session.step()
        if session.is_live and not was_live:
            self._live_since = time.monotonic()
            self._board.report(self._link, True)
        if self._live_since is not None and time.monotonic() - self._live_since > self._timings.stable:
            self._backoff.reset()
        is_old = self._is_stale or not self._keeper.is_current(session.connection.token)
        if is_old and time.monotonic() >= self._handover_at:
            self._hand_over(session)

    def _hand_over(self, old: Session) -> None:
        """Go over to a connection with the new token: it is subscribed before the old one ends."""
        self._handover_at = time.monotonic() + self._timings.login_spacing
        try:
            new = self._open()
        except ConnectorError as error:
            LOG.warning("%s: no new connection yet: %s", self._link, plain(error))
            self._is_stale = True
            return
        self._session = new
        old.connection.close()

    def _down(self, error: Exception, pause: float) -> None:
        self._drop()
        if self._stopping.is_set():
            return
        self._board.report(self._link, False, str(error))
        LOG.info("%s: %s; next attempt in %.1f s", self._link, plain(error), pause)
        self._stopping.wait(pause)

    def _drop(self) -> None:
        self._live_since = None
        session, self._session = self._session, None
        if session is not None:
            session.connection.close()

    def _pause_after(self, error: HubDown) -> float:
        """Return how long to wait; a token that was not accepted is replaced, once at once."""
        session, opening = self._session, self._opening
        connection = session.connection if session is not None else opening
        if connection is not None and connection.was_logged_out:
            self._keeper.suspect(connection.token, str(error))
            return self._pause_after_logout()
        if error.status in (401, 403) and connection is not None and not self._was_new_token_tried:
            self._was_new_token_tried = True
            self._keeper.suspect(
                connection.token, f"the hub did not accept the token (status {error.status})"
            )
            return 0.0
        if error.status in (429, 503):
            return self._backoff.longest()
        return self._backoff.wait()

    def _pause_after_logout(self) -> float:
        moment = time.monotonic()
        self._logouts.append(moment)
        while self._logouts[0] < moment - self._timings.logout_window:
            self._logouts.popleft()
        if len(self._logouts) >= self._timings.logout_most:
            return self._timings.logout_window
        return self._timings.logout_pause * len(self._logouts)
