"""Handing a message to the world: apprise for people, one GET for the heartbeat. Addresses never reach a log."""

import logging
from collections.abc import Callable

import requests

SECONDS = 8
"""For connecting and for the answer of a channel that hangs."""

Send = Callable[[tuple[str, ...], str, str], bool]


class NoApprise(Exception):
    """The package that knows the channels is not installed."""


def sender() -> Send:
    """Return what sends a title and a text to addresses and says whether all of them took it. Raises NoApprise."""
    try:
        import apprise  # noqa: PLC0415  an extra, and slow to import
    except ImportError as error:
        raise NoApprise from error
    for name in ("apprise", "requests", "urllib3"):  # their debug lines print whole addresses
        logging.getLogger(name).setLevel(logging.CRITICAL)

    def send(addresses: tuple[str, ...], title: str, text: str) -> bool:
        channels = apprise.Apprise()
        known = [channels.add(_with_limits(address)) for address in addresses]
        return all(known) and bool(channels.notify(title=title, body=text or title))

    return send


def beat(url: str) -> bool:
    """Visit the heartbeat's address; say whether it answered well."""
    try:
        return requests.get(url, timeout=SECONDS, allow_redirects=False).ok
    except requests.RequestException:
        return False


def _with_limits(address: str) -> str:
    """Return the address with the limits of time that apprise reads from it, unless it brings its own."""
    if "rto=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}rto={SECONDS}&cto={SECONDS}"
