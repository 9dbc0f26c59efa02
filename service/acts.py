"""status/enforcement.log: one JSON line for each act of the guard, for the trader to read, daemon running or not."""

import json
from pathlib import Path
from typing import Any

from engine.enforcement import Enforcement, Progress
from engine.locks import EndKind, LockEnd
from engine.outcome import Decision, DecisionKind, Outcome
from engine.schedule import Calendar
from engine.units import Instant
from service.guarded import Guarded
from service.iso import iso, iso_or_none, milliseconds
from service.lines import Lines
from service.overshoot import beyond
from service.wording import enforcement_text, in_words, lock_end

SCHEMA = "risk.act/1"

KINDS = {
    DecisionKind.BREACH: "breach",
    DecisionKind.RELEASE: "release",
    DecisionKind.WARN: "warn",
    DecisionKind.LOCK: "lock",
    DecisionKind.LOCK_EXTENDED: "lock",
    DecisionKind.UNLOCK: "unlock",
    DecisionKind.REENTRY: "reentry",
    DecisionKind.FAULT: "fault",
}
"""Decisions that people are told of; the rest is in the store for `risk why`."""


class Acts:
    """Writes the log from the engine thread, after the store has the same."""

    def __init__(self, path: Path, max_bytes: int, keep: int) -> None:
        self._lines = Lines(path, max_bytes, keep)

    def told(self, account: Guarded, outcome: Outcome) -> None:
        """Write what one step decided and did."""
        calendar = account.rules.settings.calendar
        for decision in outcome.decisions:
            if decision.kind in KINDS:
                self._write(
                    account.name,
                    KINDS[decision.kind],
                    decision.at,
                    _decision(decision, account, calendar, outcome),
                )
        for enforcement in outcome.enforcements.values():
            line = _enforcement(enforcement, account)
            if line is not None:
                self._write(account.name, "enforcement", account.state.now, line)

    def gap(self, account: str, at: Instant, since: Instant) -> None:
        """Write that nobody was guarding from `since` to `at`."""
        seconds = round((at - since) / 1_000_000)
        self._write(
            account, "gap", at, {"since": iso(since), "text": f"the guard was not running for {seconds} s"}
        )

    def said(self, account: str, at: Instant, text: str, kind: str = "admin") -> None:
        """Write what a person did that the trader is to know of: `admin`, `trader`, `clock_in`, `clock_out`."""
        self._write(account, kind, at, {"text": text})

    def catch_up(self) -> bool:
        """Write what a full disk kept back; say whether nothing waits any more."""
        return self._lines.catch_up()

    def close(self) -> None:
        self._lines.close()

    def _write(self, account: str, kind: str, at: Instant, fields: dict[str, Any]) -> None:
        line = {"schema": SCHEMA, "at": iso(at), "account": account, "kind": kind, **fields}
        self._lines.add(json.dumps(line, ensure_ascii=True))


def _decision(decision: Decision, account: Guarded, calendar: Calendar, outcome: Outcome) -> dict[str, Any]:
    lock = account.state.locks.get(decision.lock)
    end = lock.end if lock else LockEnd(EndKind.INSTANT, decision.until)
    return {
        "id": decision.id,
        "rule": decision.rule,
        "tier": decision.tier,
        "subject": decision.subject,
        "mode": decision.mode,
        "text": decision.message,
        "reason": decision.cause,
        "lock": decision.lock,
        "until": iso_or_none(decision.until),
        "end": lock_end(end, calendar, account.state.now) if decision.lock else "",
        "severity": decision.severity,
        "wants": list(decision.wants),
        "title": next((rule.title for rule in account.rules.rules if rule.name == decision.rule), ""),
        "value": in_words(decision.value, decision.unit),
        "limit": in_words(decision.limit, decision.unit),
        "shown": list(outcome.shown.get(decision.id, ())),
    }


def _enforcement(one: Enforcement, account: Guarded) -> dict[str, Any] | None:
    """Return the line of a record that has just begun or just ended; steps between are in the store."""
    state = account.state
    is_over = one.progress is not Progress.OPEN
    if not is_over and one.detected_at != state.now:
        return None
    return {
        "id": one.id,
        "rule": one.reasons[0].rule if one.reasons else "",
        "rules": sorted({reason.rule for reason in one.reasons}),
        "reason": "; ".join(dict.fromkeys(reason.text for reason in one.reasons if reason.text)),
        "progress": one.progress.value,
        "is_reentry": one.is_reentry,
        "sent_ms": milliseconds(one.detected_at, one.sent_at),
        "acked_ms": milliseconds(one.detected_at, one.acked_at),
        "flat_ms": milliseconds(one.detected_at, one.proven_at),
        "text": enforcement_text(one, state),
        "detected_at": iso(one.detected_at),
        "requests": one.requests,
        "beyond": beyond(one, account) if one.progress is Progress.PROVEN else [],
    }
