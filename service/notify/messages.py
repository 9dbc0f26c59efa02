"""From a line of the acts log, or an alarm, to what a person is told: level, key, title and text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.alarms import Alarm

LONGEST = 600
"""Characters of a text; phones show less."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell. `key` names it for ever: it is told once. `group` is what is throttled, empty: never."""

    level: str
    account: str
    key: str
    title: str
    text: str
    group: str = ""


def of_act(act: Mapping[str, Any]) -> Note | None:
    """Return what to tell of an act, None where it is for the log alone."""
    account, rule = _text(act, "account"), _text(act, "rule")
    key = f"{act.get('at')}/{account}/{act.get('kind')}/{act.get('id') or rule}"
    text = _text(act, "text")
    match act.get("kind"):
        case "lock":
            end = f" Until {_text(act, 'end')}." if act.get("end") else ""
            lock = f"lock/{account}/{act.get('lock') or key}/{act.get('until')}"
            return Note("lock", account, lock, f"{account} is locked: {rule}", f"{text}{end}")
        case "unlock":
            return Note(
                "unlock", account, key, f"{account}: a lock has ended", text or f"{rule} holds no more."
            )
        case "warn":
            return Note("warning", account, key, f"{account}: {rule}", text, f"warn/{account}/{rule}")
        case "enforcement" if act.get("progress") == "escalated":
            return Note("enforcement", account, key, f"{account}: NOT DONE, look at the platform", text)
        case "enforcement" if act.get("progress") == "proven":
            return Note(
                "enforcement", account, key, f"{account}: {rule} was enforced", text, f"act/{account}/{rule}"
            )
        case "rules" | "admin" as kind:
            what = "the rules change" if kind == "rules" else "an admin did something"
            return Note("admin", account, f"{key}/{text}", f"{account}: {what}", text)
        case "gap":
            return Note("gap", account, key, f"{account} was not guarded", text)
        case _:
            return None


def of_alarm(alarm: Alarm) -> Note:
    """Return what to tell of something that is wrong with the guard itself."""
    return Note(
        "guard",
        "",
        f"alarm/{alarm.code}/{alarm.since}",
        "the guard needs somebody to look",
        alarm.text[:LONGEST],
    )


def of_guard(at: str, *, is_up: bool) -> Note:
    """Return that the guard runs, or was stopped."""
    title = "the guard is running" if is_up else "the guard was stopped: nobody is guarding"
    return Note("guard", "", f"{'up' if is_up else 'down'}/{at}", title, at)


def _text(act: Mapping[str, Any], key: str) -> str:
    value = act.get(key)
    return "" if value is None else str(value)[:LONGEST]
