"""Who may look: whoever brings the token, from this computer, under its own name. Nothing here changes anything."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

COOKIE = "risk_token"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Sent with every answer: no foreign script, frame or request can come into the page."""


def new_token() -> str:
    """Return a token that nobody can guess: 192 bits."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Gate:
    """Knows the token and the names under which this computer calls itself."""

    port: int
    token: str = field(repr=False)

    def is_our_name(self, host: str) -> bool:
        """Say whether the Host header names this computer: a foreign name that points here must not reach us."""
        return host.lower() in {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}

    def knows(self, token: str) -> bool:
        """Compare without telling by its duration how much was right."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())

    def refusal(
        self, method: str, host: str, cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> str | None:
        """Return why a request is refused, None if it may look."""
        if not self.is_our_name(host):
            return "this page answers to its own address only"
        if method not in ("GET", "HEAD"):
            return "this page only shows; nothing can be changed here"
        if self.knows(query.get("token", "")) or self.knows(cookies.get(COOKIE, "")):
            return None
        return "open the address that `risk serve` printed: it carries the token"
