"""The engine thread: takes events from the inbox, steps the accounts, stores, hands commands over, and waits."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from engine.commands import Command
from engine.events import ClockTick, Event, QuoteSeen
from engine.outcome import Outcome
from engine.own_events import StoreSeen
from engine.state import State
from engine.step import step
from engine.units import SECOND, Instant
from service.alarms import Alarms
from service.call import Call
from service.clock import TrustedClock
from service.fail_points import fail_point
from service.guarded import Guarded
from service.inbox import Inbox, Letter
from service.store.encode import NotStorable
from service.store.rows import Stepped
from service.store.store import Store, StoreFailed
from service.upkeep import Upkeep

LOG = logging.getLogger("risk.loop")

LONGEST_WAIT = 1.0
"""Seconds of silence after which the loop looks after the store; no rule ever waits for this."""

Hand = Callable[[int, Sequence[Command]], None]
Steps = list[tuple[Guarded, State, Outcome]]
Told = Callable[[Guarded, Event, Outcome], None]


class Loop:
    """Owns the accounts' states. Everything here runs on one thread."""

    def __init__(
        self,
        accounts: Mapping[int, Guarded],
        inbox: Inbox,
        store: Store,
        clock: TrustedClock,
        alarms: Alarms,
        *,
        hand: Hand,
        told: Told,
        upkeep: Upkeep,
    ) -> None:
        """`hand` takes commands to send, `told` hears of every step that decided or changed something."""
        self._accounts, self._inbox = accounts, inbox
        self._store, self._clock, self._alarms = store, clock, alarms
        self._hand, self._told = hand, told
        self._upkeep = upkeep
        self._started_at: Instant | None = None
        self._is_store_failing = False

    def run(self, is_stopping: Callable[[], bool], begin: Callable[[Instant], None]) -> None:
        """Work until asked to stop. `begin` is called once there is a time to begin at, before any event."""
        while (
            not self._clock.has_ground
        ):  # without any time nothing can be judged, and nothing was ever locked
            if is_stopping() or self._inbox.wait_closed(0.1):
                return
        self._carefully(lambda: begin(self._clock.now()))
        while not is_stopping():
            self._carefully(self.once)
        while (letter := self._inbox.take(0.0)) is not None:  # what was heard while stopping must not be lost
            if isinstance(letter, Call):
                letter.drop()
            else:
                self._carefully(partial(self.handle, letter))

    def _carefully(self, act: Callable[[], object]) -> None:
        """Keep the thread alive whatever happens: a guard that is gone protects nobody."""
        try:
            act()
        except Exception:
            LOG.exception("the engine thread goes on after a mistake")
            self._alarms.raise_(
                "engine", "the guard made a mistake and goes on; see error.log and restart it"
            )

    def once(self) -> None:
        """Take one event, or notice that a deadline has come, or look after the store."""
        letter = self._inbox.take(self._silence())
        if isinstance(letter, Call):
            letter.run()
        elif letter is not None:
            self.handle(letter)
        now = self._clock.now()
        due = self._next_deadline()
        if due is not None and due <= now:
            self.handle(Letter("", ClockTick(now)))
        self.look(now, is_busy=self._inbox.waiting > 0)

    def handle(self, letter: Letter) -> Steps:
        """Step the accounts concerned, store it all, only then let anything be sent; return what it led to."""
        event = self._stamped(letter.event)
        results: Steps = []
        for account in self._concerned(letter):
            result = self._step(account, event)
            if result is not None:
                results.append((account, *result))
        if not results:
            return results
        self._keep(letter.origin, event, results)
        fail_point("loop.after_step")
        for account, state, outcome in results:
            account.adopt(state, outcome)
            if outcome.commands:
                self._hand(account.id, outcome.commands)
                fail_point("loop.after_hand")
        for account, _, outcome in results:
            self._told(account, event, outcome)
        fail_point("loop.after_told")
        self._tell_store()
        return results

    def look(self, now: Instant, *, is_busy: bool) -> None:
        self._upkeep.look(now, is_busy=is_busy)
        self._tell_store()

    def _tell_store(self) -> None:
        """Tell the engine when what it decides cannot be kept, and when it can be again."""
        is_failing = self._alarms.has("store_failed")
        if is_failing != self._is_store_failing:
            self._is_store_failing = is_failing
            self.handle(Letter("", StoreSeen(self._clock.now(), is_failing)))

    def _stamped(self, event: Event) -> Event:
        """Return the event with a time that lies between our start and now.

        What was heard before the venue's clock was known carries a time that nobody may rely on.
        """
        now = self._clock.now()
        if self._started_at is None:
            self._started_at = now
        at = min(max(event.at, self._started_at), now)
        return event if at == event.at else replace(event, at=Instant(at))

    def _concerned(self, letter: Letter) -> list[Guarded]:
        event = letter.event
        owner = getattr(event, "account", None)
        if owner is not None:
            account = self._accounts.get(owner)
            return [account] if account is not None and not account.halted else []
        return [
            account
            for account in self._accounts.values()
            if not account.halted
            and letter.origin in ("", account.origin)
            and (not isinstance(event, QuoteSeen) or event.quote.contract in account.state.contracts)
        ]

    def _step(self, account: Guarded, event: Event) -> tuple[State, Outcome] | None:
        """Step one account. Whatever goes wrong stops this account alone; its locks stay."""
        known = account.state
        if not known.now:  # the first event ever; what was taken for the time before it may be the host's
            known = replace(known, started_at=event.at)
        try:
            state, outcome = step(known, event, account.rules)
            return state, outcome
        except Exception as error:
            account.halted = f"{type(error).__name__} at a {type(event).__name__}"
            account.deadline = None
            LOG.exception("account %s is halted", account.name)
            self._alarms.raise_(
                f"halted:{account.name}",
                f"account {account.name} is halted: the guard cannot work on what it heard ({account.halted}). Its "
                "locks stay, nothing is enforced; see error.log and restart the guard",
            )
            self._told(account, event, Outcome())
            return None

    def _keep(self, origin: str, event: Event, results: Steps) -> None:
        """Store a step. A disk that fails does not stop the protection: it goes on from memory, loudly."""
        try:
            self._store.step(origin, event, [Stepped(account.id, outcome) for account, _, outcome in results])
        except (StoreFailed, NotStorable) as error:
            LOG.error("%s", error)
            self._alarms.store_failed(error)
        if not self._store.is_failing:  # a quote that only waits with the rest has not been written
            self._alarms.clear("store_failed")

    def _next_deadline(self) -> Instant | None:
        deadlines = [a.deadline for a in self._accounts.values() if a.deadline is not None]
        return min(deadlines, default=None)

    def _silence(self) -> float:
        """Return how many seconds may pass in silence."""
        due = self._next_deadline()
        if due is None:
            return LONGEST_WAIT
        return min(max((due - self._clock.now()) / SECOND, 0.0), LONGEST_WAIT)
