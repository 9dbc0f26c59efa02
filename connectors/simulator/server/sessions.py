"""Who is logged in: tokens shaped like JWTs, with a life that can be set."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from connectors.simulator.core.instants import SECOND, Instant
from connectors.simulator.server.json_text import dump

DAY_SECONDS = 24 * 3600
INVALID_CREDENTIALS = 3


@dataclass(frozen=True, slots=True)
class Session:
    """One token: whose it is and until when it is good."""

    token: str
    login: str
    expires: Instant


class Sessions:
    """All tokens ever given. A new login leaves older tokens alive, as on the real venue."""

    def __init__(self, logins: dict[str, str], seed: int) -> None:
        self.logins = {name.lower(): key for name, key in logins.items()}
        self.life_seconds = DAY_SECONDS
        self.forced_code = 0
        """A login error code that every login gets; 0 is none."""
        self._names = {name.lower(): name for name in logins}
        self._key = hashlib.sha256(f"simulator {seed}".encode()).digest()
        self._sessions: dict[str, Session] = {}
        self._given = 0

    def login(self, user_name: str, api_key: str, now: Instant) -> Session | int:
        """Return a new session, or the login error code."""
        if self.forced_code:
            return self.forced_code
        wanted = self.logins.get(user_name.lower())
        if wanted is None or not hmac.compare_digest(wanted.encode(), api_key.encode()):
            return INVALID_CREDENTIALS
        return self.renew(self._names[user_name.lower()], now)

    def renew(self, login: str, now: Instant) -> Session:
        """Return a fresh session for somebody who has already shown who he is."""
        self._given += 1
        issued = now // SECOND
        expires = issued + self.life_seconds
        claims = {"sub": login, "jti": str(self._given), "iat": issued, "exp": expires}
        body = f"{_part(dump({'alg': 'HS256', 'typ': 'JWT'}))}.{_part(dump(claims))}"
        signature = hmac.digest(self._key, body.encode(), "sha256")
        session = Session(f"{body}.{_text(signature)}", login, expires * SECOND)
        self._sessions[session.token] = session
        return session

    def find(self, token: str, now: Instant) -> Session | None:
        """Return the session of a token that is known and not yet expired."""
        session = self._sessions.get(token)
        return session if session and now < session.expires else None

    def forget(self, token: str) -> None:
        """Log out: this one token is good no more."""
        self._sessions.pop(token, None)

    def forget_others(self, kept: Session) -> None:
        """Make every other token of the same login worthless."""
        for token, session in list(self._sessions.items()):
            if session.login == kept.login and token != kept.token:
                del self._sessions[token]

    def expire_all(self) -> None:
        """Make every token worthless at once."""
        self._sessions.clear()


def _part(text: str) -> str:
    return _text(text.encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
