"""Sentences about locks, enforcements and accounts, the same in the status and in the trader's log."""

from collections.abc import Callable

from dsl import kinds, say
from engine.enforcement import Enforcement, Progress
from engine.locks import EndKind, LockEnd
from engine.schedule import Calendar
from engine.state import State
from engine.units import Instant
from engine.view import GaugeReading


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


def enforcement_text(one: Enforcement, state: State) -> str:
    """Return what an enforcement does, or what became of it, in one sentence. `state` knows the contracts' names."""
    refusal = f" (the venue says: {one.text})" if one.text else ""
    match one.progress:
        case Progress.PROVEN:
            return f"{_aim(one, state)}: done, the venue shows it"
        case Progress.OPEN:
            return f"{_aim(one, state)}: under way{refusal}"
        case Progress.ESCALATED:
            return f"{_aim(one, state)}: NOT DONE YET, look at the platform{refusal}"


def gauge_words(reading: GaugeReading) -> str:
    """Return what a rule measures against its limit: `2/3 trades this hour`; empty where it measures nothing."""
    if not reading.unit:
        return reading.label
    words, gap = AMOUNTS[reading.unit]
    value, limit = ("?" if amount is None else words(amount) for amount in (reading.value, reading.limit))
    return f"{value}{gap}/{gap}{limit} {reading.label}".strip()


AMOUNTS: dict[str, tuple[Callable[[int], str], str]] = {
    "money": (say.money, " "),
    "percent": (say.percent, " "),
    "duration": (say.duration, " "),
    "contracts": (say.plain, ""),
    "ticks": (say.plain, ""),
    "number": (say.plain, ""),
}
"""How an amount of each unit is said, and what stands around the stroke."""


def in_words(amount: int | None, unit: str) -> str:
    """Return an amount of a rule in words: `$540`, `3 contracts`; empty where there is nothing to measure."""
    if amount is None or not unit:
        return ""
    return say.WORDS[COUNTED[unit]](amount) if unit in COUNTED else AMOUNTS[unit][0](amount)


COUNTED = {"contracts": kinds.CONTRACTS, "ticks": kinds.TICKS}
"""Units whose name is said with the amount: `1 contract`."""


def contract_name(state: State, contract: str) -> str:
    """Return what people call a contract (`MNQZ6`); one that the venue does not list keeps its id."""
    instrument = state.instruments.get(contract)
    return instrument.name if instrument else contract


def _aim(one: Enforcement, state: State) -> str:
    held = _sizes({contract: size for contract, size in one.before.items() if size}, state)
    if not held:
        return "cancel orders"
    kept = {contract: size for contract, size in one.targets.items() if size}
    if not kept:
        return f"close {held}"
    left = ", ".join(f"{size} {contract_name(state, contract)}" for contract, size in kept.items())
    return f"reduce {held} to at most {left}"


def _sizes(held: dict[str, int], state: State) -> str:
    """Return signed sizes in words: `long 5 MNQZ6, short 1 ESZ6`."""
    return ", ".join(
        f"{'long' if size > 0 else 'short'} {abs(size)} {contract_name(state, contract)}"
        for contract, size in held.items()
    )
