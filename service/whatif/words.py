"""What was found out in a sentence for the trader, and each finding as a row."""

from typing import Any

from dsl import say
from engine.schedule import Calendar
from engine.units import Instant
from engine.whatif import Checked, Finding, FindingKind
from service.iso import amount, iso_or_none, money

ACTS = (FindingKind.BREACH, FindingKind.REENTRY)


def verdict_of(checked: Checked) -> str:
    """Return `closed` (the guard would undo it or close more), `last` (it stays, then entries are locked) or `fine`."""
    if checked.is_closed:
        return "closed"
    return "last" if checked.is_locked_after else "fine"


def sentence(checked: Checked, calendar: Calendar, now: Instant) -> str:
    """Return the answer in one sentence, with the rule that decides it."""
    acting = [one for one in checked.findings if one.mode == "enforce"]
    match verdict_of(checked):
        case "closed":
            rule = next((one for one in acting if one.kind in ACTS), None)
            kept = checked.kept.get(checked.trial.contract, 0)
            others = [c for c, size in checked.held.items() if checked.kept.get(c, 0) != size]
            is_all = len(others) > 1 or (others and others[0] != checked.trial.contract)
            what = "everything would be closed" if is_all else f"{_left(checked.after, kept)}"
            return f"NO: {what} ({rule.title if rule else 'the guard acts'})"
        case "last":
            lock = next(one for one in checked.findings if one.kind is FindingKind.LOCK)
            until = f" until {calendar.say(lock.until, now)}" if lock.until is not None else ""
            return f"YES, and it is the last one: it stays open, then new entries are locked{until} ({lock.title})"
        case _:
            return "YES: the guard would leave it alone"


def _left(after: int, kept: int) -> str:
    if kept == 0:
        return "it would be closed at once"
    return f"{abs(after) - abs(kept)} of {abs(after)} would be closed at once"


def finding_row(one: Finding) -> dict[str, Any]:
    """Return a finding; `value` and `limit` as in the status: dollars, contracts, seconds, parts of one."""
    write = money if one.unit == "money" else amount
    return {
        "kind": one.kind.value,
        "rule": one.rule,
        "title": one.title,
        "tier": one.tier,
        "subject": one.subject,
        "mode": one.mode,
        "text": one.text,
        "value": write(one.value),
        "limit": write(one.limit),
        "unit": one.unit,
        "until": iso_or_none(one.until),
    }


def notes(checked: Checked, name: str) -> list[str]:
    """Return what the answer does not know."""
    found = []
    if checked.price is None:
        found.append(f"the price of {name} is not known now: rules about open profit or loss were left out")
    if checked.costs is None:
        found.append(f"the fees of {name} are not known before its first fill and were left out")
    if checked.lost is not None:
        stopped = [one for one in checked.stopped if one.kind in ACTS and one.mode == "enforce"]
        then = f"; that breaks: {', '.join(dict.fromkeys(one.title for one in stopped))}" if stopped else ""
        found.append(f"if the stop is hit you lose {say.money(checked.lost)}{then}")
    return found
