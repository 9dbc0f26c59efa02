"""What the connector is told: addresses, login, timings, and what kind of time it hears."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from connectors.failures import UnsafeUrl
from connectors.secret import Secret


class TimeSource(StrEnum):
    """Where an instant of the venue's clock was read."""

    DATE_HEADER = "date_header"  # of an HTTP answer: whole seconds, rounded down
    EVENT = "event"  # stamp inside a hub event: microseconds, some milliseconds old


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in: the platform's user name (not the e-mail address) and an API key."""

    user_name: str
    api_key: Secret


@dataclass(frozen=True, slots=True)
class GatewayUrls:
    """Where the gateway is. A hub that is None is not used: without the user hub REST polling does all.

    Raises UnsafeUrl when an address is malformed, or plain (http, ws) to anything but this machine.
    """

    api: str
    user_hub: str | None
    market_hub: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "api", _checked("api", self.api, {"http": "http", "https": "https"}))
        schemes = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
        for name in ("user_hub", "market_hub"):
            url = getattr(self, name)
            if url is not None:
                object.__setattr__(self, name, _checked(name, url, schemes))


def _checked(name: str, url: str, schemes: dict[str, str]) -> str:
    """Return the address with the scheme it is used with and no slash at its end."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UnsafeUrl(f"the gateway's {name} address cannot be read: {error}") from error
    scheme = schemes.get(parts.scheme.lower())
    if scheme is None or not host:
        raise UnsafeUrl(f"the gateway's {name} address must look like {'/'.join(schemes)}://host")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise UnsafeUrl(f"the gateway's {name} address must not carry a user, a query or a fragment")
    if scheme in {"http", "ws"} and not _is_loopback(host):
        raise UnsafeUrl(
            f"the gateway's {name} address is not encrypted ({parts.scheme}://{host}):"
            " use https or wss; plain connections are allowed to this machine only"
        )
    return urlunsplit((scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Timings:
    """Every period of the connector, in seconds; tests run them at a fraction. Counts are requests.

    Source of the defaults: measurements of the hub client and the venue's published limits.
    """

    connect: float = 10.0  # open, upgrade and handshake of a hub together
    settle: float = 0.5  # pause between a hub's opening and the first Subscribe
    completion: float = 5.0  # wait for the answer to one Subscribe
    ping: float = 10.0  # our own hub pings; the venue drops a client silent for 30 s
    silent: float = 40.0  # no frame at all: the link is dead; the venue pings every 15 s
    tick: float = 0.25  # how often a supervisor looks at its clocks
    backoff_first: float = 0.25
    backoff_most: float = 30.0
    stable: float = 30.0  # LIVE this long: the back-off starts anew
    close: float = 2.0  # wait for a receive thread to end
    quote_pause: float = 0.02  # between two looks at what quotes have come
    quote_resubscribe: float = 30.0
    quote_rebuild: float = 60.0
    quote_rebuild_most: float = 1800.0  # closed market: the wait doubles up to this
    logout_pause: float = 2.0  # after a logout by the venue, times the number of logouts just before
    logout_window: float = 120.0
    logout_most: int = 5  # so many logouts within the window: wait the whole window
    rest_connect: float = 3.0
    rest_read: float = 10.0
    poll_live: float = 10.0  # beside a live hub, with something at stake: so late a lost event is found
    poll_live_idle: float = 10.0  # the same with nothing at stake; two of three are glances at the positions
    poll_blind: float = 2.0  # without the user hub, with something at stake
    poll_blind_idle: float = 3.0  # the same with nothing at stake
    poll_idle_most: float = 10.0  # idle accounts wait so long before the others wait longer than they should
    rest_lag: float = 2.0  # REST may show what the hub has told only so much later
    resync_spacing: float = 5.0  # between snapshots asked for by malformed frames
    account_age: float = 10.0  # how old an account row may be in a poll while the user hub is not live
    contracts_refresh: float = 6 * 3600.0  # months roll
    token_share: float = 0.8  # of the token's life, then renew
    token_age: float = 20 * 3600.0  # renew at this age at the latest; the venue's tokens live 24 h
    token_retry: float = 60.0  # after a renewal that failed
    login_spacing: float = 2.0  # between two logins
    login_refused_pause: float = 900.0  # after a refusal that only a person can lift
    limited_pause: float = 5.0  # background reads rest after the venue said 429 without Retry-After
    requests: int = 200
    requests_window: float = 60.0
    requests_background: int = 100
    bar_every: float = 1.0  # without the market hub: between two prices of a contract that is held
    bar_requests: int = (
        40  # bars have an allowance of their own, 50 in 30 s; the rest is for the trader's own charts
    )
    bar_requests_window: float = 30.0
    stop: float = 3.0
