"""A simulator, a gateway client at a twentieth of its usual periods, and everything the client told."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from connectors.secret import Secret
from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.gateway import TopstepxGateway
from connectors.topstepx.settings import GatewayUrls, Login, TimeSource, Timings
from engine.events import Event, Link, LinkSeen, PositionSeen, SnapshotTaken
from engine.units import Instant

FIXTURES = Path(__file__).parents[1] / "fixtures" / "gateway"
QUICK = Timings(
    connect=2.0,
    settle=0.0,
    completion=1.0,
    ping=0.3,
    silent=40.0,  # the venue pings only after 15 s without traffic
    tick=0.05,
    backoff_first=0.05,
    backoff_most=0.5,
    stable=2.0,
    close=1.0,
    quote_resubscribe=0.8,
    quote_rebuild=1.6,
    quote_rebuild_most=10.0,
    logout_pause=0.2,
    rest_connect=1.0,
    rest_read=1.5,
    poll_blind=0.3,
    poll_blind_idle=0.3,
    rest_lag=0.2,
    resync_spacing=0.3,
    account_age=1.0,
    token_retry=0.2,
    login_spacing=0.1,
    limited_pause=0.5,
    requests=2000,
    requests_background=1000,
)


class Desk:
    """A gateway client under test and what it told, in order."""

    def __init__(self, urls: GatewayUrls, login: Login, accounts: tuple[int, ...], timings: Timings) -> None:
        self._lock = Lock()
        self.idle: set[int] = set()
        self._told: list[Event] = []
        self.heard: list[tuple[Instant, TimeSource]] = []
        self.gateway = TopstepxGateway(
            urls=urls,
            login=login,
            accounts=accounts,
            sink=self._sink,
            now=self.now,
            heard=lambda instant, source: self.heard.append((instant, source)),
            fills_since=lambda account: Instant(self.now() - 3_600_000_000),
            at_stake=lambda account: account not in self.idle,
            timings=timings,
        )

    def now(self) -> Instant:
        return max((instant for instant, _ in self.heard[-50:]), default=Instant(1_700_000_000_000_000))

    def _sink(self, event: Event) -> None:
        with self._lock:
            self._told.append(event)

    @property
    def told(self) -> list[Event]:
        with self._lock:
            return list(self._told)

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.told if isinstance(event, kind)]

    def is_live(self, link: Link) -> bool:
        changes = [event for event in self.of(LinkSeen) if event.link is link]
        return bool(changes) and changes[-1].is_live

    def downs(self, link: Link) -> list[LinkSeen]:
        """Return the times a link went down after it had been up."""
        changes = [event for event in self.of(LinkSeen) if event.link is link]
        return [event for event in changes[1:] if not event.is_live]

    def until(self, holds: Callable[[], Any], patience: float = 8.0) -> None:
        """Wait until something holds; fail with the last things told when it does not in time."""
        deadline = time.monotonic() + patience
        while not holds():
            if time.monotonic() > deadline:
                told = "\n".join(str(event)[:200] for event in self.told[-12:])
                raise AssertionError(f"did not happen within {patience} s; told last:\n{told}")
            time.sleep(0.01)

    def start(self) -> "Desk":
        """Connect, start, and wait until both hubs are live."""
        self.gateway.connect()
        self.gateway.start()
        self.until(lambda: self.is_live(Link.USER_HUB) and self.is_live(Link.MARKET_HUB))
        return self

    def size(self, account: int, contract: str) -> int | None:
        """Return the position as the client last told it; None when it told none."""
        for event in reversed(self.told):
            if isinstance(event, PositionSeen) and event.position.contract == contract:
                return event.position.size
            if isinstance(event, SnapshotTaken) and event.account == account:
                return sum(p.size for p in event.positions if p.contract == contract)
        return None


@pytest.fixture
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as venue:
        yield venue
        venue._process.kill()  # a venue that is thrown away need not take a second to say goodbye


@pytest.fixture
def desk(simulator: SimulatorProcess) -> Iterator[Callable[..., Desk]]:
    """Return a maker of clients of the simulator; `quick` overrides timings, `urls` addresses."""
    made: list[Desk] = []

    def make(
        *,
        accounts: tuple[int, ...] | None = None,
        api_key: str | None = None,
        urls: GatewayUrls | None = None,
        **quick: float,
    ) -> Desk:
        made.append(
            Desk(
                urls or GatewayUrls(simulator.api, simulator.user_hub, simulator.market_hub),
                Login(simulator.user_name, Secret(api_key or simulator.api_key)),
                (simulator.accounts[0],) if accounts is None else accounts,
                replace(QUICK, **quick),  # type: ignore[arg-type]
            )
        )
        return made[-1]

    yield make
    for one in made:
        one.gateway.stop()


@pytest.fixture
def fixture() -> Callable[[str], Any]:
    """Return a reader of a recorded payload, with exact numbers."""
    return lambda name: json.loads((FIXTURES / f"{name}.json").read_text(), parse_float=Decimal)


@pytest.fixture
def fixture_names() -> list[str]:
    return sorted(path.stem for path in FIXTURES.glob("*.json"))
