"""Which rows a step leaves behind: the event, and for each account its decisions, locks, enforcements and audit lines."""

import json
from dataclasses import dataclass
from typing import Any

from engine.commands import Command
from engine.enforcement import Enforcement, OwnAct
from engine.events import ClockTick, CommandAnswered, CommandSent, Event, Link, LinkSeen, QuoteSeen
from engine.locks import Lock
from engine.outcome import Decision, Outcome
from engine.state import State
from engine.units import SECOND, Instant
from service.store.audit import GENESIS, AuditChain, AuditRow, row_hash
from service.store.encode import to_text

Write = tuple[str, tuple[Any, ...]]
"""One statement with its values."""

JOURNAL = "INSERT INTO journal (seq, at, origin, account, kind, event, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
META = (
    "INSERT INTO meta (key, value, seal) VALUES (?, ?, ?) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value, seal = excluded.seal"
)
SNAPSHOT = "INSERT OR REPLACE INTO snapshots (account, seq, at, state) VALUES (?, ?, ?, ?)"
LOCK_SET = (
    "INSERT INTO locks (account, id, set_at, ended_at, lock) VALUES (?, ?, ?, NULL, ?) "
    "ON CONFLICT (account, id) DO UPDATE SET ended_at = NULL, lock = excluded.lock"
)
LOCK_ENDED = "UPDATE locks SET ended_at = ? WHERE account = ? AND id = ?"
ENFORCEMENT = (
    "INSERT INTO enforcements (account, id, detected_at, progress, enforcement) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (account, id) DO UPDATE SET progress = excluded.progress, enforcement = excluded.enforcement"
)
DECISION = (
    "INSERT INTO decisions (seq, account, number, at, kind, rule, decision) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
AUDIT = "INSERT INTO audit (seq, at, account, kind, body, hash) VALUES (?, ?, ?, ?, ?, ?)"

LAST_SEEN, BASE = "last_seen", "journal_base"
"""The two small facts that change all the time: the highest trusted time, and the last event that was let go of."""

SEEN_EVERY = 30 * SECOND
"""A row that is so much later than the highest time seen goes with a new one: time leaps when the venue is heard."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """What one event led to for one account."""

    account: int
    outcome: Outcome


def is_quiet(event: Event, steps: tuple[Stepped, ...]) -> bool:
    """Say whether a step may wait a moment before it is stored: a quote or a tick that led to nothing.

    Losing it in a power cut loses nothing: a quote is old within seconds, a tick comes again.
    """
    return isinstance(event, QuoteSeen | ClockTick) and not any(
        step.outcome.decisions or step.outcome.enforcements or is_weighty(step) for step in steps
    )


def is_weighty(step: Stepped) -> bool:
    """Say whether a step must be on the platter before anything else happens: it locks, or it is about to act."""
    return bool(step.outcome.locks or step.outcome.commands)


def journal_row(seq: int, origin: str, event: Event, previous: str) -> Write:
    """Return the row of an event; its last value is the hash of it and of all rows before it."""
    account = getattr(event, "account", None)
    columns = (seq, event.at, origin, account, type(event).__name__, to_text(event, Event))
    return JOURNAL, (*columns, row_hash(previous, columns))


def link_rows(origin: str, event: Event, logins: dict[str, bool], chain: AuditChain) -> list[Write]:
    """Return the audit line of a login that began or ended; `logins` remembers how each of them was."""
    if not isinstance(event, LinkSeen) or event.link is not Link.LOGIN or logins.get(origin) is event.is_live:
        return []
    logins[origin] = event.is_live
    body = {"login": origin, "is_live": event.is_live, "reason": event.reason}
    return [audit_row(chain.next(event.at, 0, "login", json.dumps(body)))]


def meta_row(key: str, value: str) -> Write:
    """Return the row of a small fact with its seal."""
    return META, (key, value, row_hash(GENESIS, (key, value)))


def snapshot_rows(seq: int, state: State, chain: AuditChain) -> list[Write]:
    """Return the rows of an account's whole state as it is after an event."""
    text = to_text(state, State)
    body = json.dumps({"seq": seq, "sha256": row_hash(GENESIS, (text,))})
    return [
        (SNAPSHOT, (state.account, seq, state.now, text)),
        audit_row(chain.next(state.now, state.account, "snapshot", body)),
    ]


def outcome_rows(seq: int, at: Instant, step: Stepped, chain: AuditChain) -> list[Write]:
    """Return the rows of what a step decided, each with its line in the audit trail."""
    account, outcome = step.account, step.outcome
    writes: list[Write] = []
    for number, decision in enumerate(outcome.decisions):
        text = to_text(decision, Decision)
        row = (seq, account, number, decision.at, decision.kind.value, decision.rule, text)
        body = f'{{"seq":{seq},"number":{number},"decision":{text}}}'
        writes += [(DECISION, row), audit_row(chain.next(at, account, "decision", body))]
    for lock_id, lock in outcome.locks.items():
        if lock is None:
            writes.append((LOCK_ENDED, (at, account, lock_id)))
            writes.append(audit_row(chain.next(at, account, "lock_ended", lock_id)))
        else:
            text = to_text(lock, Lock)
            writes.append((LOCK_SET, (account, lock_id, lock.set_at, text)))
            writes.append(audit_row(chain.next(at, account, "lock", text)))
    for enforcement in outcome.enforcements.values():
        text = to_text(enforcement, Enforcement)
        columns = (account, enforcement.id, enforcement.detected_at, enforcement.progress.value, text)
        writes += [(ENFORCEMENT, columns), audit_row(chain.next(at, account, "enforcement", text))]
    for command in outcome.commands:
        writes.append(audit_row(chain.next(at, account, "command", to_text(command, Command))))
    for act in outcome.executed:
        writes.append(audit_row(chain.next(at, account, "executed", to_text(act, OwnAct))))
    return writes


def request_rows(event: Event, chain: AuditChain) -> list[Write]:
    """Return the audit line of a request that left, or of its answer; an event of another kind has none."""
    if not isinstance(event, CommandSent | CommandAnswered):
        return []
    kind = "sent" if isinstance(event, CommandSent) else "answer"
    return [audit_row(chain.next(event.at, event.account, kind, to_text(event, Event)))]


def audit_row(row: AuditRow) -> Write:
    """Return the insertion of an audit line."""
    return AUDIT, (row.seq, row.at, row.account, row.kind, row.body, row.hash)
