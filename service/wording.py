"""Sentences about locks, enforcements and accounts, the same in the status and in the trader's log."""

from engine.enforcement import Enforcement, Progress
from engine.locks import EndKind, LockEnd
from engine.schedule import Calendar
from engine.units import Instant


def lock_end(end: LockEnd, calendar: Calendar, now: Instant) -> str:
    """Return what ends a lock: a time of day, `manual`, or its condition with the time that is foreseen."""
    match end.kind:
        case EndKind.MANUAL:
            return "manual"
        case EndKind.INSTANT:
            return calendar.say(end.at, now) if end.at is not None else ""
        case EndKind.CONDITION:
            when = f" (about {calendar.say(end.at, now)})" if end.at is not None else ""
            return f"{end.text or 'its condition holds'}{when}"


def enforcement_text(one: Enforcement) -> str:
    """Return what an enforcement does, or what became of it, in one sentence."""
    match one.progress:
        case Progress.PROVEN:
            return f"{_aim(one)}: done, the venue shows it"
        case Progress.OPEN:
            return f"{_aim(one)}: under way{_refusal(one)}"
        case Progress.ESCALATED:
            return f"{_aim(one)}: NOT DONE YET, look at the platform{_refusal(one)}"


def sizes(held: dict[str, int]) -> str:
    """Return signed sizes in words: `long 5 MNQZ6, short 1 ESZ6`."""
    return ", ".join(
        f"{'long' if size > 0 else 'short'} {abs(size)} {name}" for name, size in held.items() if size
    )


def _aim(one: Enforcement) -> str:
    held = sizes({_short(contract): size for contract, size in one.before.items()})
    if not held:
        return "cancel orders"
    kept = {_short(contract): size for contract, size in one.targets.items() if size}
    if not kept:
        return f"close {held}"
    left = ", ".join(f"{size} {name}" for name, size in kept.items())
    return f"reduce {held} to at most {left}"


def _refusal(one: Enforcement) -> str:
    return f" (the venue says: {one.text})" if one.text else ""


def _short(contract: str) -> str:
    """Return the readable part of a venue's contract id: `CON.F.US.MNQ.Z26` is `MNQ.Z26`."""
    return ".".join(contract.split(".")[-2:])
