"""The daemon's life: locks are loaded first, the venue is asked next, and the way back down within three seconds."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack

from connectors.topstepx.settings import Timings
from dsl.render import render_text
from engine.units import Instant
from service.exits import CannotStart, Exit
from service.ground import Ground
from service.home import Home
from service.parts import Parts, put_together
from service.standing import stand_up
from service.store.store import StoreFailed
from service.supervise.heart import Heart

LOG = logging.getLogger("risk.daemon")

STOP_SECONDS = 2.2
"""For the connections and the requests under way; what is left of three seconds is for the store."""


class Daemon:
    """Entered to guard, left to stop. `failure` says why it must end by itself."""

    _ground: Ground
    _parts: Parts

    def __init__(
        self,
        home: Home,
        timings: Timings,
        say: Callable[[str], None],
        *,
        as_service: bool,
        heart: Heart | None = None,
    ) -> None:
        self._home = home
        self._timings = timings
        self._say = say
        self._as_service = as_service
        self._heart = heart
        self._stack = ExitStack()
        self._is_stopping = threading.Event()
        self._engine = threading.Thread(target=self._work, name="engine", daemon=True)
        self.failure: CannotStart | None = None

    def __enter__(self) -> "Daemon":
        """Load, then connect and guard. Raises CannotStart; then nothing is left open."""
        self._ground, self._parts, self._stack = stand_up(
            self._home, self._build, as_service=self._as_service
        )
        for alarm in self._ground.alarms.active():
            self._say(f"{alarm.code}: {alarm.text}")
        LOG.info("start, last seen at %s", self._ground.opened.last_seen)
        parts = self._parts
        parts.publisher.enter("starting")
        self._engine.start()
        parts.publisher.start()
        for enforcer in parts.enforcers.values():
            enforcer.start()
        for connection in parts.connections.values():
            connection.start()
        parts.doors.open()
        parts.notifier.start()
        parts.watch.start()
        parts.service_watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop: no new request, what was heard is stored, the last status says that nobody guards."""
        parts = self._parts
        parts.doors.close()
        parts.watch.stop()
        parts.service_watch.stop()
        for enforcer in parts.enforcers.values():
            enforcer.stop()
        stops = [threading.Thread(target=one.stop, daemon=True) for one in parts.connections.values()]
        for thread in stops:
            thread.start()
        for thread in stops:
            thread.join(STOP_SECONDS)
        for enforcer in parts.enforcers.values():
            enforcer.join(0.1)
        self._is_stopping.set()
        parts.inbox.close()
        self._engine.join(1.0)
        parts.publisher.stop()
        parts.notifier.stop()
        parts.upkeep.finish()
        LOG.info("stopped")
        self._stack.close()

    def _build(self, ground: Ground, stack: ExitStack) -> Parts:
        return put_together(ground, stack, self._timings, self._fatal, self._listed, self._heart)

    def _work(self) -> None:
        """Run the engine thread, and leave the store with a snapshot and a mark that the stop was wanted."""
        loop, store = self._parts.loop, self._ground.opened.store
        loop.run(self._turned, self._begin)
        try:
            now = self._ground.clock.now()
            if self._ground.clock.has_ground:
                self._parts.upkeep.snapshot(now)
                store.remember("last_seen", str(now))
                store.note(now, "stop", "")
            store.flush()
        except StoreFailed as error:
            LOG.error("the last step could not be stored: %s", error)

    def _turned(self) -> bool:
        """Say whether to stop; the engine thread asks at every turn, which is what the parent wants to know."""
        if self._heart is not None:
            self._heart.turned()
        return self._is_stopping.is_set()

    def _begin(self, now: Instant) -> None:
        self._parts.beginning(now)
        self._parts.publisher.enter("running")

    def _fatal(self, error: CannotStart) -> None:
        """End the start when nothing is locked and a person stands by; otherwise go on, the alarm is raised already."""
        if self._ground.may_refuse and not any(
            account.state.locks for account in self._parts.accounts.values()
        ):
            self.failure = error

    def _listed(self, login: str, roots: frozenset[str]) -> None:
        """Check the rules' symbols once the venue has said which there are."""
        accounts = [account for account in self._ground.settings.accounts if account.login == login]
        for account in accounts:
            problems = self._parts.assembly.unknown_symbols(account, roots)
            if problems:
                text = f"the rules of account {account.name} name what the venue does not list"
                self._ground.alarms.raise_(f"symbols:{account.name}", f"{text}: {problems[0].message}")
                self._fatal(CannotStart(Exit.UNUSABLE, render_text(problems)))
