"""Tokens: what one is, how long it lives, and why the venue would not give one."""

import base64
import binascii
import json
from dataclasses import dataclass

from connectors.failures import LoginRefused
from connectors.secret import Secret

_LONGEST = 400 * 24 * 3600
_OTHER = 8

_REFUSALS = {
    1: "the venue does not know this user name: use the platform's login name, not the e-mail address",
    2: "the venue does not accept this password",
    3: "the venue does not accept this user name and API key: check both, and that they are not swapped",
    7: "the agreements of the platform are not signed: log in there once and accept them",
    8: "the venue refused the login without a reason: check that user name and API key are not swapped",
    9: "the user has no active API subscription: buy it and link it to the profile",
    10: "the firm has switched logins by API key off: ask the firm",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token. `number` grows with each new one; `got_at` is monotonic; `life` in seconds if it tells."""

    secret: Secret
    number: int
    got_at: float
    life: float | None


def life_of(token: str) -> float | None:
    """Return for how many seconds the token was issued; None when it does not tell."""
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        life = float(claims["exp"]) - float(claims["iat"])
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error, RecursionError):
        return None
    return life if 0 < life < _LONGEST else None


def refusal(user_name: str, code: int, message: str) -> LoginRefused:
    """Return the error for a login that the venue refused. Only "unknown error" may pass by itself."""
    why = _REFUSALS.get(code, f"the venue refused the login (code {code})")
    said = f" (it said: {message})" if message else ""
    return LoginRefused(f"login {user_name}: {why}{said}", code, is_permanent=code != _OTHER)
