"""One past act and all that belongs to it, found in the trader's log: what was heard, weighed, done and proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cli.act_log import ActLine

TOGETHER = timedelta(seconds=60)
"""An enforcement that begins so long after a breach of its rule belongs to it."""

CAUSES = ("breach", "reentry")


@dataclass(frozen=True, slots=True)
class Story:
    """`act` is what was asked for; `cause` the breach behind it; `locks` what it locked; `enforcement` its last line."""

    act: ActLine
    cause: ActLine | None
    first_breach: ActLine | None
    locks: tuple[ActLine, ...]
    enforcement: ActLine | None


def find(acts: Sequence[ActLine], name: str, account: str | None) -> list[ActLine]:
    """Return the acts with this id, or that concern this lock; the latest line of each account."""
    fitting = [act for act in acts if account in (None, act.account)]
    found = {act.account: act for act in fitting if name in (_id(act), act.values.get("lock") or None)}
    own = {act.account: act for act in fitting if _id(act) == name}
    return list({**found, **own}.values())


def story(acts: Sequence[ActLine], act: ActLine) -> Story:
    """Return an act with what led to it and what followed."""
    same = [one for one in acts if one.account == act.account]
    enforcement = act if act.kind == "enforcement" else _enforcement_of(same, act)
    cause = act if act.kind in CAUSES else _cause_of(same, act)
    at = begun_at(enforcement or act)
    rules = set(act.rules) | set(cause.rules if cause else ())
    locks = tuple(one for one in same if one.kind == "lock" and one.at == at and rules & set(one.rules))
    first = _breach_of_lock(same, cause) if cause is not None and cause.kind == "reentry" else None
    return Story(act, cause, first, locks, enforcement)


def _id(act: ActLine) -> str:
    return str(act.values.get("id") or "")


def begun_at(act: ActLine) -> datetime:
    """Return when an act began: an enforcement's line is written again when it ends."""
    written = act.values.get("detected_at")
    return datetime.fromisoformat(str(written)) if written else act.at


def _cause_of(same: Sequence[ActLine], act: ActLine) -> ActLine | None:
    """Return the latest breach or re-entry of one of the act's rules up to the moment at which it began."""
    begun = begun_at(act)
    wanted = ("reentry",) if act.values.get("is_reentry") else CAUSES
    fitting = [
        one for one in same if one.kind in wanted and one.at <= begun and set(one.rules) & set(act.rules)
    ]
    return fitting[-1] if fitting else None


def _enforcement_of(same: Sequence[ActLine], act: ActLine) -> ActLine | None:
    begun = [
        one
        for one in same
        if one.kind == "enforcement"
        and set(one.rules) & set(act.rules)
        and act.at <= begun_at(one) <= act.at + TOGETHER
    ]
    if not begun:
        return None
    return [one for one in same if _id(one) == _id(begun[0]) and one.kind == "enforcement"][-1]


def _breach_of_lock(same: Sequence[ActLine], reentry: ActLine) -> ActLine | None:
    """Return the breach that set the lock which was traded against."""
    lock = reentry.values.get("lock")
    first = next(
        (one for one in same if one.kind == "lock" and lock and one.values.get("lock") == lock), None
    )
    return _cause_of(same, first) if first is not None else None
