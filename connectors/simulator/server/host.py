"""The running venue: one exchange, one clock, who is logged in, who listens. Everything runs in one event loop."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.happenings import Happening, MarketTraded, QuoteChanged
from connectors.simulator.core.instants import SECOND, Instant
from connectors.simulator.core.records import Account
from connectors.simulator.server.clock import Clock
from connectors.simulator.server.faults import Faults
from connectors.simulator.server.hub_events import invocation, market_messages, user_message
from connectors.simulator.server.hub_link import HubLink
from connectors.simulator.server.rate_limits import RateLimits
from connectors.simulator.server.sessions import Sessions
from connectors.simulator.server.view import LaggingViews, View

T = TypeVar("T")

FAR_BEHIND = 30 * SECOND
STEPS_WHEN_BEHIND = 20
KICKED = "another session has taken over"


class Host:
    """Holds the parts together; `command` is the only way in for whoever wants to change the exchange."""

    def __init__(self, exchange: Exchange, clock: Clock, sessions: Sessions) -> None:
        self.exchange = exchange
        self.clock = clock
        self.sessions = sessions
        self.limits = RateLimits()
        self.faults = Faults()
        self._tasks: set[asyncio.Task[None]] = set()
        self._views = LaggingViews()
        self.links: set[HubLink] = set()
        self.requests: dict[str, int] = {}
        """How many calls each REST path has had, refused ones included."""
        self.ping_seconds = 15.0
        self.silence_seconds = 30.0
        self.one_session = False
        """Whether a login throws out whoever is connected with the same one."""
        self.restart: Callable[[float], Coroutine[Any, Any, None]] | None = None
        """Closes the port and opens it again; whoever listens puts it here."""
        self._woken = asyncio.Event()

    def command(self, act: Callable[[], T]) -> T:
        """Bring the exchange up to now, do `act`, and send what happened."""
        self.catch_up()
        result = act()
        self._publish(self.exchange.take())
        self._woken.set()
        return result

    def catch_up(self) -> None:
        """Let happen what is due, and send it. Far behind (at a high speed) the market takes wider steps."""
        now = self.clock.now()
        if now - self.exchange.venue.now > FAR_BEHIND:
            self._publish(self.exchange.jump(now, STEPS_WHEN_BEHIND))
        else:
            self._publish(self.exchange.advance(now))

    def jump_to(self, at: Instant) -> None:
        """Set the venue's clock ahead. Raises ValueError for a time in the past."""
        self.clock.set_to(at)
        self._publish(self.exchange.jump(at))
        self._woken.set()

    def account_of(self, login: str, account_id: int) -> Account | None:
        """Return an account of this login; somebody else's does not exist for him."""
        account = self.exchange.venue.accounts.get(account_id)
        return account if account and account.login == login else None

    def kick(self, argument: str, login: str | None = None) -> None:
        """Push GatewayLogout on both hubs and end the connections, of one login or of everybody."""
        for link in list(self.links):
            if login in (None, link.login):
                link.send_now(invocation("GatewayLogout", argument))
                link.cut("close_for_good")

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Let `work` run beside everything else; it ends with the venue."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def view(self) -> View:
        """Return what REST searches may see now."""
        return self._views.as_of(self.exchange.venue, self.faults.rest_lag_ms)

    async def burst(self, contract_id: str, count: int, per_second: int) -> None:
        """Let one market move `count` times, in small parts so that everything else goes on beside it."""
        part = 50
        for _ in range(0, count, part):
            self.command(lambda: self.exchange.burst(contract_id, part))
            await asyncio.sleep(part / per_second if per_second else 0)

    async def run(self) -> None:
        """Keep the venue alive: sleep until something is due, then let it happen."""
        while True:
            self.catch_up()
            self._woken.clear()
            delay = self.clock.real_seconds_until(self.exchange.next_due())
            try:
                await asyncio.wait_for(self._woken.wait(), delay)
            except TimeoutError:
                continue

    def _publish(self, happened: list[Happening]) -> None:
        if happened and self.faults.rest_lag_ms:
            self._views.keep(self.exchange.venue)
        if not self.links:
            return
        for event in happened:
            if isinstance(event, QuoteChanged | MarketTraded):
                for message in market_messages(event, self.exchange.venue, self._is_wanted):
                    self._send(message.group, message.key, message.text)
            else:
                user = user_message(event, self.exchange.venue, self.faults.odd_ids)
                self._send(user.group, user.key, user.text)

    def _is_wanted(self, group: str, key: str) -> bool:
        return any(link.wants(group, key) for link in self.links)

    def _send(self, group: str, key: int | str, text: str) -> None:
        for link in self.links:
            if link.wants(group, key):
                link.send(text)


HOST = web.AppKey("HOST", Host)
