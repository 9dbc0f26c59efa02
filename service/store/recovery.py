"""From the store back to the state of an account: its last snapshot, and the journal after it once more through `step`."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import dropwhile

from engine.events import QuoteSeen, RulesArmed
from engine.outcome import Decision
from engine.rule import RuleSet
from engine.state import State
from engine.step import step
from service.store import reading
from service.store.encode import NotStorable
from service.store.reading import Entry

RulesFor = Callable[[str], RuleSet | None]
"""Gives the ruleset of a digest as it was kept in the store; None when it cannot be compiled any more."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """An account as it was, `state` None when the store does not know it.

    `notes` say what did not fit, for the log and the alarms; `halted` why it may not act; `lost` that not even its
    locks can be read, so that it must be locked by hand of the guard.
    """

    state: State | None
    notes: tuple[str, ...] = ()
    halted: str = ""
    replayed: int = 0
    lost: str = ""


def recover(connection: sqlite3.Connection, account: int, origin: str, rules_for: RulesFor) -> Recovered:
    """Return the state of an account, None when the store does not know it yet.

    The lock rows are facts of their own: a lock that the replay lost is put back, so nothing here can free anyone.
    """
    try:
        locks = reading.running_locks(connection, account)
    except NotStorable as error:
        return Recovered(None, lost=f"its stored locks cannot be read: {error}")
    bare = State(account, locks=locks) if locks else None
    try:
        seq, state = next(reading.snapshots(connection, account), (0, None))
        entries = list(reading.journal(connection, seq, account, origin))
        digest = state.digest if state else _first_rules(entries)
        if state is None:  # died before its first snapshot: the journal is all there is
            entries = list(dropwhile(lambda entry: entry.account != account, entries))
            if not digest:
                return Recovered(bare)
            state = State(account, started_at=entries[0].event.at)
        decided = reading.decisions(connection, seq, account)
    except NotStorable as error:
        return Recovered(
            bare, (f"its stored state cannot be read, it goes on from the venue's view: {error}",)
        )
    replay = Replay(state, rules_for, decided, digest)
    for entry in entries:
        replay.take(entry)
        if replay.halted or replay.stopped:
            break
    missing = {key: lock for key, lock in locks.items() if key not in replay.state.locks}
    if missing:
        replay.notes.append(f"{len(missing)} stored locks were missing after the replay and were put back")
        replay.state = replace(replay.state, locks={**replay.state.locks, **missing})
    return Recovered(replay.state, tuple(replay.notes), replay.halted, replay.count)


def _first_rules(entries: list[Entry]) -> str:
    """Return the digest of the first rules that were armed: they were in force from the start."""
    return next((one.event.digest for one in entries if isinstance(one.event, RulesArmed)), "")


class Replay:
    """One account on its way through the journal."""

    def __init__(
        self, state: State, rules_for: RulesFor, decided: dict[int, tuple[Decision, ...]], digest: str
    ) -> None:
        self.state = state
        self.notes: list[str] = []
        self.halted = ""
        self.stopped = False
        self.count = 0
        self._rules_for = rules_for
        self._decided = decided
        self._rules = rules_for(digest) if digest else None

    def take(self, entry: Entry) -> None:
        """Step the account again with one event and compare what is decided with what was."""
        event = entry.event
        if isinstance(event, RulesArmed):
            self._rules = self._rules_for(event.digest)
        if self._rules is None:
            self.stopped = True
            self.notes.append(
                "the rules of that time cannot be compiled any more: the account goes on from its last snapshot "
                "with its stored locks, the rest comes from the venue"
            )
            return
        if isinstance(event, QuoteSeen) and event.quote.contract not in self.state.contracts:
            return
        try:
            self.state, outcome = step(self.state, event, self._rules)
        except Exception as error:  # whatever it is, this account stops and keeps its locks
            self.halted = f"event {entry.seq} cannot be worked on: {type(error).__name__}: {error}"
            return
        self.count += 1
        if outcome.decisions != self._decided.get(entry.seq, ()):
            self.notes.append(
                f"the replay of event {entry.seq} does not give the decisions that were recorded"
            )
