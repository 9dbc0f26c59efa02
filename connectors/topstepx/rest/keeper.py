"""The one token of a login: fetched once for everybody, renewed before it expires, never fetched too often."""

import time
from collections import deque
from threading import RLock

from connectors.failures import (
    ConnectorError,
    LoginRefused,
    NotSent,
    RateLimited,
    Refused,
    Unauthorized,
    Unreachable,
)
from connectors.secret import Secret
from connectors.topstepx.board import Board
from connectors.topstepx.decode.fields import Row
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.channel import Channel
from connectors.topstepx.rest.envelope import verdict_of
from connectors.topstepx.rest.tokens import Token, life_of, refusal
from connectors.topstepx.settings import Login, Timings
from connectors.topstepx.wording import LOG, plain
from engine.events import Link


class TokenKeeper:
    """Gives everybody the same token. Whoever asks while a login is under way waits for that login."""

    def __init__(
        self, login: Login, channel: Channel, board: Board, timings: Timings, repeats: Repeats
    ) -> None:
        self._login = login
        self._channel = channel
        self._board = board
        self._timings = timings
        self._repeats = repeats
        self._lock = RLock()
        self._token: Token | None = None
        self._count = 0
        self._logins: deque[float] = deque()
        self._not_before = 0.0
        self._refused: LoginRefused | None = None
        self._renew_after = 0.0
        self._suspect = 0  # number of the token that somebody doubts

    def token(self) -> Token:
        """Return the token, after a login if there is none or if it is suspect.

        A suspect one is still given out when no new one can be had: it may well live.
        Raises LoginRefused, RateLimited, Unreachable (also while the next login must still wait).
        """
        current = self._token  # without the lock: a renewal under way must not hold up enforcement
        if current is not None and current.number != self._suspect:
            return current
        with self._lock:
            if self._token is None:
                self._log_in()
            elif self._token.number == self._suspect:
                self._log_in_quietly()
            assert self._token is not None
            return self._token

    @property
    def login(self) -> Login:
        """Who logs in now."""
        return self._login

    def use(self, login: Login) -> None:
        """Log in with another key, at once. Raises as `token`; the one before, and its token, then stay in use."""
        with self._lock:
            before, not_before, refused = self._login, self._not_before, self._refused
            self._login, self._not_before, self._refused = login, 0.0, None
            try:
                self._log_in()
            except ConnectorError:
                self._login, self._not_before, self._refused = before, not_before, refused
                raise

    def take_back(self, login: Login) -> None:
        """Use a key again that was in use before; the next user of the token logs in with it."""
        with self._lock:
            self._login, self._not_before, self._refused = login, 0.0, None
            if self._token is not None:
                self._suspect = self._token.number

    def is_current(self, token: Token) -> bool:
        """Return whether this is still the token to use; a newer one wants a new hub connection."""
        current = self._token
        return current is None or current.number == token.number

    def reject(self, token: Token, reason: str) -> None:
        """Drop a token that the venue does not take any more. Harmless when it was already replaced."""
        with self._lock:
            if self._token is not None and self._token.number == token.number:
                self._token = None
                self._board.report(Link.LOGIN, False, reason)

    def suspect(self, token: Token, reason: str) -> None:
        """Doubt a token: a hub did not like it or logged us out. The next user tries to log in anew."""
        with self._lock:
            if self._token is not None and self._token.number == token.number != self._suspect:
                self._suspect = token.number
                self._board.report(Link.LOGIN, False, reason)

    def renew_if_due(self) -> None:
        """Replace the token when most of its life is over. Never raises for what the venue does."""
        with self._lock:
            token, moment = self._token, time.monotonic()
            if token is None or moment < max(self._due(token), self._renew_after):
                return
            self._renew_after = moment + self._timings.token_retry
            try:
                self._renew(token)
            except (Unauthorized, Refused) as error:
                LOG.info("the token could not be renewed (%s); logging in anew", plain(error))
                self._log_in_quietly()
            except (Unreachable, RateLimited) as error:
                LOG.warning("the token could not be renewed yet: %s", plain(error))

    def _due(self, token: Token) -> float:
        age = self._timings.token_age
        return token.got_at + (
            age if token.life is None else min(age, token.life * self._timings.token_share)
        )

    def _renew(self, token: Token) -> None:
        answer = self._channel.read("/api/Auth/validate", {}, token.secret, Use.ENFORCEMENT)
        verdict = verdict_of(answer)
        if not verdict.success:
            raise Refused(f"code {verdict.code} {verdict.message}".strip(), verdict.code)
        new = Row(answer, "the renewal").text_or_none("newToken")
        if new is not None and new != token.secret.reveal():
            self._keep(new)
        elif token.life is not None and time.monotonic() - token.got_at > token.life * 0.9:
            self._log_in_quietly()

    def _log_in_quietly(self) -> None:
        try:
            self._log_in()
        except ConnectorError as error:
            self._repeats.warn("logging in anew failed, the old token stays", error)

    def _log_in(self) -> None:
        """Log in, unless the last login was too short a time ago."""
        moment = time.monotonic()
        if moment < self._not_before:
            if self._refused is not None:
                raise self._refused
            raise NotSent(f"the next login may be tried in {self._not_before - moment:.1f} s")
        self._not_before = moment + self._timings.login_spacing
        try:
            secret = self._ask()
        except ConnectorError as error:
            self._refused = error if isinstance(error, LoginRefused) else None
            if self._refused is not None and self._refused.is_permanent:
                self._not_before = moment + self._timings.login_refused_pause
            if self._token is None:
                self._board.report(Link.LOGIN, False, str(error))
            raise
        self._refused = None
        self._space(moment)
        self._keep(secret)

    def _ask(self) -> str:
        body = {"userName": self._login.user_name, "apiKey": self._login.api_key.reveal()}
        try:
            answer = self._channel.read("/api/Auth/loginKey", body, None, Use.ENFORCEMENT)
        except (Refused, Unauthorized) as error:
            hint = "check the gateway's api address"
            raise LoginRefused(f"login failed ({plain(error)}): {hint}", is_permanent=False) from error
        verdict = verdict_of(answer)
        if not verdict.success:
            raise refusal(plain(self._login.user_name), verdict.code, verdict.message)
        return Row(answer, "the login").text("token")

    def _space(self, moment: float) -> None:
        """Each login within the window makes the next one wait longer: another session may be fighting us."""
        self._logins.append(moment)
        while self._logins[0] < moment - self._timings.logout_window:
            self._logins.popleft()
        count = min(len(self._logins), self._timings.logout_most)
        self._not_before = moment + self._timings.login_spacing * count

    def _keep(self, text: str) -> None:
        self._count += 1
        self._renew_after = 0.0
        self._token = Token(Secret(text), self._count, time.monotonic(), life_of(text))
        LOG.info("token %d is in use", self._count)
        self._board.report(Link.LOGIN, True)
