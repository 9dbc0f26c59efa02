"""The arithmetic of a grant, the same on the guard's and on the partner's side; neither needs a network.

The trader's screen shows a challenge. The partner types it in together with what he means to allow: account, lock and
minutes. The code is a message authentication over all four under the secret that both sides share, so it fits no other
lock, no longer time and no other day. A code from time alone (TOTP) would say none of that, and whoever heard one could
use it for any lock within its half minute; therefore it is not used.
"""

import hashlib
import hmac
import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: no letter that sounds or looks like a number."""

ALIKE = str.maketrans("OILU", "011V")
DIGITS = 8
LONGEST = 720
"""Minutes for which a lock can be lifted; 0 lifts it for good."""


class Unreadable(Exception):
    """What was typed is no challenge or no secret. The text says what is wrong with it."""


def new_challenge() -> str:
    """Return seven random letters and one that shows a slip of the tongue."""
    body = "".join(secrets.choice(LETTERS) for _ in range(7))
    return f"{body}{_check(body)}"


def new_secret() -> bytes:
    """Return 128 random bits."""
    return secrets.token_bytes(16)


def code(secret: bytes, challenge: str, account: str, lock: str, minutes: int) -> str:
    """Return the eight digits that allow exactly this."""
    text = "\n".join(("risk grant 1", challenge, account.lower(), lock.upper(), str(minutes)))
    digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def read_challenge(text: str) -> str:
    """Return a challenge as it was typed, in whatever groups and case. Raises Unreadable."""
    typed = _letters(text)
    if len(typed) != 8 or set(typed) - set(LETTERS):
        raise Unreadable("a challenge has eight letters and digits")
    if _check(typed[:7]) != typed[7]:
        raise Unreadable("a letter of this challenge is wrong: let it be read out again")
    return typed


def read_code(text: str) -> str:
    """Return the digits of a code, without blanks and strokes."""
    return "".join(text.replace("-", " ").split())


def spelled(text: str) -> str:
    """Return letters in groups of four, to be read out."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def secret_text(secret: bytes) -> str:
    """Return 128 bits as 26 letters and a check letter, in groups."""
    number = int.from_bytes(secret, "big")
    body = "".join(LETTERS[(number >> (5 * place)) & 31] for place in reversed(range(26)))
    return spelled(body + _check(body))


def read_secret(text: str) -> bytes:
    """Return the secret that was typed. Raises Unreadable."""
    typed = _letters(text)
    if len(typed) != 27 or set(typed) - set(LETTERS) or _check(typed[:26]) != typed[26]:
        raise Unreadable("this is not such a secret, or a letter of it is wrong")
    number = 0
    for letter in typed[:26]:
        number = number * 32 + LETTERS.index(letter)
    if number >> 128:
        raise Unreadable("this is not such a secret, or a letter of it is wrong")
    return number.to_bytes(16, "big")


def _letters(text: str) -> str:
    return "".join(text.upper().replace("-", " ").split()).translate(ALIKE)


def _check(body: str) -> str:
    """Return a letter that shows nearly every wrong letter and every swap of neighbors."""
    total = 0
    for letter in body:
        total = (total * 2 + LETTERS.index(letter)) % 31
    return LETTERS[total]
