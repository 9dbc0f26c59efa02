"""The tables beside the trail, each row compared with what the trail says of it."""

import json
import sqlite3
from collections.abc import Iterator

from service.store.audit import GENESIS, row_hash
from service.store.ends import journal_base
from service.store.proof.damage import Damage
from service.store.proof.trail import Told
from service.store.retention import SNAPSHOTS
from service.store.rows import LAST_SEEN


def locks(connection: sqlite3.Connection, told: Told) -> Iterator[Damage]:
    """Compare every lock, its end included."""
    left = dict(told.locks)
    for account, lock_id, set_at, ended_at, text in connection.execute(
        "SELECT account, id, set_at, ended_at, lock FROM locks"
    ):
        expected = left.pop((account, lock_id), None)
        if expected is None:
            yield Damage("locks", lock_id, f"lock {lock_id} of account {account} is not in the audit trail")
        elif expected != (set_at, ended_at, text):
            yield Damage("locks", lock_id, f"lock {lock_id} of account {account} was changed")
    for account, lock_id in left:
        yield Damage("locks", lock_id, f"lock {lock_id} of account {account} is missing")


def enforcements(connection: sqlite3.Connection, told: Told) -> Iterator[Damage]:
    """Compare every enforcement."""
    left = dict(told.enforcements)
    for account, one, detected_at, progress, text in connection.execute(
        "SELECT account, id, detected_at, progress, enforcement FROM enforcements"
    ):
        expected = left.pop((account, one), None)
        if expected is None:
            yield Damage(
                "enforcements", one, f"enforcement {one} of account {account} is not in the audit trail"
            )
        elif expected != (detected_at, progress, text):
            yield Damage("enforcements", one, f"enforcement {one} of account {account} was changed")
    for account, one in left:
        yield Damage("enforcements", one, f"enforcement {one} of account {account} is missing")


def decisions(connection: sqlite3.Connection, told: Told) -> Iterator[Damage]:
    """Compare the decisions one by one, in the order in which they were taken; the first that differs is named."""
    expected = iter(told.decisions)
    query = "SELECT seq, account, number, at, kind, rule, decision FROM decisions ORDER BY rowid"
    for seq, account, number, at, kind, rule, text in connection.execute(query):
        name = f"decision {number} on event {seq} of account {account}"
        owner, body = next(expected, (0, ""))
        in_order = body in {f'{{"seq":{seq},"number":{number},"decision":{text}}}', text}
        if owner != account or not in_order:
            yield Damage(
                "decisions", f"{seq}/{account}/{number}", f"{name} was changed, or one before it is missing"
            )
            return
        if not _says(text, at, kind, rule):
            yield Damage("decisions", f"{seq}/{account}/{number}", f"{name} was changed")
    missing = sum(1 for _ in expected)
    if missing:
        yield Damage("decisions", "last", f"the last {missing} decisions are missing")


def _says(text: str, at: int, kind: str, rule: str) -> bool:
    decision = json.loads(text)
    return (decision["at"], decision["kind"], decision["rule"]) == (at, kind, rule)


def snapshots(connection: sqlite3.Connection, told: Told) -> Iterator[Damage]:
    """Compare the states that are kept; those of before the trail knew of them are taken as they are."""
    found: dict[int, set[int]] = {}
    for account, seq, at, text in connection.execute("SELECT account, seq, at, state FROM snapshots"):
        found.setdefault(account, set()).add(seq)
        known = told.snapshots.get(account, {})
        name = f"the state of account {account} after event {seq}"
        if seq not in known:
            if known and seq > min(known):
                yield Damage("snapshots", f"{account}/{seq}", f"{name} is not in the audit trail")
        elif known[seq] != (at, row_hash(GENESIS, (text,))):
            yield Damage("snapshots", f"{account}/{seq}", f"{name} was changed")
    for account, known in told.snapshots.items():
        for seq in sorted(known)[-SNAPSHOTS:]:
            if seq not in found.get(account, set()):
                yield Damage(
                    "snapshots",
                    f"{account}/{seq}",
                    f"the state of account {account} after event {seq} is missing",
                )


def rulesets(connection: sqlite3.Connection, told: Told) -> Iterator[Damage]:
    """Compare the rulesets that were armed."""
    left = dict(told.rulesets)
    for digest, kept_at, body in connection.execute("SELECT digest, kept_at, body FROM rulesets"):
        expected = left.pop(digest, None)
        if expected is None:
            yield Damage("rulesets", digest, f"ruleset {digest} is not in the audit trail")
        elif kept_at != expected[0] or expected[1] not in ("", row_hash(GENESIS, (kept_at, body))):
            yield Damage("rulesets", digest, f"ruleset {digest} was changed")
    for digest in left:
        yield Damage("rulesets", digest, f"ruleset {digest} is missing")


def meta(connection: sqlite3.Connection, told: Told) -> Iterator[Damage]:
    """Check the small facts, and that the highest time seen was not turned back."""
    found = {}
    for key, value, seal in connection.execute("SELECT key, value, seal FROM meta"):
        found[key] = value
        if seal != row_hash(GENESIS, (key, value)):
            yield Damage("meta", key, f"the fact `{key}` was changed")
    for key, value in told.facts.items():
        if found.get(key) != value:
            yield Damage("meta", key, f"the fact `{key}` is not what the audit trail says")
    seen = found.get(LAST_SEEN, "")
    if told.has_started and not seen:
        yield Damage("meta", LAST_SEEN, "the highest time seen is missing")
    if seen.isdigit() and int(seen) < told.highest - SLACK:
        yield Damage("meta", LAST_SEEN, "the highest time seen is lower than the audit trail's own times")


SLACK = 60_000_000
"""Microseconds. The highest time is written every five seconds; a minute without a disk is no turning back."""


def journal(connection: sqlite3.Connection, _told: Told, after: int = 0) -> Iterator[Damage]:
    """Follow the hashes of the events that are kept; those up to `after` are taken as they are."""
    begin = connection.execute("SELECT seq, hash FROM journal WHERE seq = ?", (after,)).fetchone()
    expected, previous = begin or journal_base(connection)
    query = "SELECT seq, at, origin, account, kind, event, hash FROM journal WHERE seq > ? ORDER BY seq"
    is_first = True
    for *columns, row in connection.execute(query, (after if begin else 0,)):
        seq = columns[0]
        # Where the tables were of version 1 and its oldest events were let go of, nobody knows what came before.
        is_begun = is_first and expected == 0 and seq > 1
        if seq != expected + 1 and not is_begun:
            yield Damage("journal", str(expected + 1), f"event {expected + 1} of the journal is missing")
        elif row_hash(previous, tuple(columns)) != row:
            yield Damage("journal", str(seq), f"event {seq} of the journal was changed")
        expected, previous, is_first = seq, row, False
