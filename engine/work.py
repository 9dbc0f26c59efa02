"""The bench on which one step works: the state so far, what is new, and what was decided.

It lives for one call of `step` and is the only thing in the engine that changes in place.
"""

from collections.abc import Mapping
from typing import Any

from engine.cause import describe
from engine.commands import Command
from engine.enforcement import Enforcement, Progress
from engine.events import Event
from engine.modes import effective_mode
from engine.outcome import Decision, DecisionKind
from engine.rule import Mode, Rule, RuleSet, Topic
from engine.state import State
from engine.streams import EntryItem, FillItem, RoundTurn
from engine.units import Duration, Instant


class Work:
    """One step in progress."""

    def __init__(self, before: State, event: Event, rules: RuleSet) -> None:
        self.before = before
        self.event = event
        self.rules = rules
        self.state = before
        self.changed: set[Topic] = set()
        self.news: frozenset[Topic] = frozenset()
        self.new_fills: tuple[FillItem, ...] = ()
        self.new_entries: tuple[EntryItem, ...] = ()
        self.new_trades: tuple[RoundTurn, ...] = ()
        self.decisions: list[Decision] = []
        self.shown: dict[str, tuple[str, ...]] = {}
        self.commands: list[Command] = []
        self.price_moments: dict[Duration, list[Instant | None]] = {}
        self._records: Mapping[str, Enforcement] | None = None
        self._open: tuple[Enforcement, ...] = ()

    def set(self, **changes: Any) -> None:
        """Replace fields of the state."""
        self.state = self.state.but(**changes)

    def put(self, name: str, key: Any, value: Any) -> None:
        """Put one entry into a mapping of the state; None takes it out."""
        if getattr(self.state, name).get(key) == value:
            return
        mapping: dict[Any, Any] = dict(getattr(self.state, name))
        if value is None:
            mapping.pop(key, None)
        else:
            mapping[key] = value
        self.set(**{name: mapping})

    def next_id(self, letter: str) -> str:
        """Return an id that this account never used before."""
        self.set(serial=self.state.serial + 1)
        return f"{letter}{self.state.serial}"

    def mode(self, rule: Rule) -> Mode:
        """Return the weakest of rule and ceiling (the account's mode is part of the ceiling)."""
        return effective_mode(self.state, self.rules, rule)

    def decide(self, kind: DecisionKind, rule: str, **details: Any) -> Decision:
        """Record a decision and return it."""
        decision = Decision(
            id=self.next_id("D"),
            kind=kind,
            at=self.state.now,
            rule=rule,
            cause=describe(self.event, self.state.instruments),
            digest=self.rules.digest,
            **details,
        )
        self.decisions.append(decision)
        return decision

    def open_records(self) -> tuple[Enforcement, ...]:
        """Return the enforcements that are not proven yet, looked for once however often a step asks."""
        records = self.state.enforcements
        if self._records is not records:
            self._records = records
            self._open = tuple(each for each in records.values() if each.progress is not Progress.PROVEN)
        return self._open

    def rule(self, name: str) -> Rule | None:
        """Return the rule of that name, if it is still in the set."""
        return self.rules.by_name.get(name)


def changed_entries(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries that differ, None for those that are gone."""
    if before is after:
        return {}
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: after.get(key) for key in keys}
