"""Secrets taken out of what is written down: those we know by heart, and whatever looks like one."""

import json
from threading import Lock
from urllib.parse import quote

from connectors.failures import Unreadable
from connectors.secret import Secret
from connectors.topstepx.decode.wire import read_json
from connectors.topstepx.wording import redact

_SHORTEST = 4
"""A shorter text would also stand in what is no secret."""


class Scrubber:
    """Knows the key and learns every token as it arrives. Safe to use from any thread."""

    def __init__(self, key: Secret) -> None:
        self._lock = Lock()
        self._known: set[str] = set()
        self._learn(key.reveal())

    def learn_from(self, body: bytes) -> None:
        """Take note of the tokens in an answer to a login or a renewal."""
        try:
            answer = read_json(body)
        except Unreadable:
            return  # nothing of it is written down either way
        if isinstance(answer, dict):
            for name in ("token", "newToken"):
                self._learn(answer.get(name))

    def clean(self, text: str) -> str:
        """Return the text with `***` in place of secrets, however they are escaped."""
        with self._lock:
            known = sorted(self._known, key=len, reverse=True)
        for secret in known:
            text = text.replace(secret, "***")
        return redact(text)

    def _learn(self, secret: object) -> None:
        if isinstance(secret, str) and len(secret) >= _SHORTEST:
            with self._lock:
                self._known |= {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}
