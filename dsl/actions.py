"""Checked actions become objects of the engine, anew at each breach with the amounts of that moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dsl.check_actions import CheckedAction
from engine.actions import Action
from engine.actions.cancel_orders import CancelOrders
from engine.actions.close import Close
from engine.actions.cooldown import Cooldown
from engine.actions.flatten import Flatten
from engine.actions.lock import LockEntries
from engine.actions.move_stop import MoveStop
from engine.actions.notify import Notify
from engine.actions.reduce_to import ReduceTo
from engine.actions.require_stop import RequireStop
from engine.actions.warn import Warn
from engine.facts import Facts
from engine.units import ONE_TICK, SECOND, Contracts, Duration, Price, Ticks
from engine.venue import Side

Read = Callable[[Facts], Any]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action with what it reads. `until` is the key of its `until:` condition, `text` the words for it."""

    checked: CheckedAction
    reads: Mapping[str, Read]
    measure: Read | None = None
    until: str = ""
    text: str = ""

    def make(self, f: Facts) -> Action | None:
        """Return the action, None when an amount is unknown: then there is nothing definite to ask for."""
        amounts = {name: read(f) for name, read in self.reads.items()}
        if any(amount is None for amount in amounts.values()):
            return None
        return MAKERS[self.checked.name](self, amounts)


def _flatten(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return Flatten(planned.checked.words["place"])


def _close(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return Close(planned.checked.words["place"])


def _cancel(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return CancelOrders(planned.checked.words["place"], _side(planned))


def _reduce(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    order = planned.checked.words.get("by", "newest_first")
    return ReduceTo(Contracts(amounts["value"]), order, planned.measure)


def _lock(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    checked = planned.checked
    length = Duration(amounts["for"]) if "for" in amounts else None
    return LockEntries(
        checked.words["place"], checked.ends, length, planned.until, planned.text, _side(planned)
    )


def _cooldown(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return Cooldown(Duration(amounts["value"]), planned.checked.words.get("on", "account"))


def _move_stop(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    step, every = amounts.get("step", ONE_TICK), amounts.get("every", SECOND)
    return MoveStop(Price(amounts["value"]), Ticks(step), Duration(every))


def _require_stop(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return RequireStop(Ticks(amounts["value"]))


def _notify(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return Notify(planned.checked.people)


def _warn(planned: PlannedAction, amounts: Mapping[str, int]) -> Action:
    return Warn(planned.checked.people)


def _side(planned: PlannedAction) -> Side | None:
    side = planned.checked.words.get("side")
    return Side(side) if side is not None else None


MAKERS: Mapping[str, Callable[[PlannedAction, Mapping[str, int]], Action]] = {
    "flatten": _flatten,
    "close": _close,
    "reduce_to": _reduce,
    "cancel_orders": _cancel,
    "lock": _lock,
    "cooldown": _cooldown,
    "move_stop": _move_stop,
    "require_stop": _require_stop,
    "notify": _notify,
    "warn": _warn,
}


def then_of(planned: tuple[PlannedAction, ...]) -> Callable[[Facts], tuple[Action, ...]]:
    """Return what a tier asks for, as the engine wants it."""

    def then(f: Facts) -> tuple[Action, ...]:
        made = (action.make(f) for action in planned)
        return tuple(action for action in made if action is not None)

    return then
