"""What the engine decided, in the words in which tests expect it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from dsl.amounts import duration, write_duration
from engine.locks import EndKind, Lock
from engine.outcome import Decision, DecisionKind, Outcome
from engine.units import Instant

Until = Instant | Literal["manual"] | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that followed. `until` only of a lock; None: it ends on a condition."""

    words: str
    until: Until = None


def happenings(outcomes: list[Outcome], root: Callable[[str], str]) -> list[Happening]:
    """Return what followed, each thing once, in order. `root` gives the symbol of a contract."""
    return list(dict.fromkeys(_Telling(outcomes, root).all()))


class _Telling:
    """The outcomes of one moment, with the locks that changed in them."""

    def __init__(self, outcomes: list[Outcome], root: Callable[[str], str]) -> None:
        self.decisions = [decision for outcome in outcomes for decision in outcome.decisions]
        self.locks = {
            key: lock for outcome in outcomes for key, lock in outcome.locks.items() if lock is not None
        }
        self.root = root
        self.told: set[str] = set()

    def all(self) -> Iterable[Happening]:
        # Breaches first: they say which locks are theirs, and a lock may be recorded before its breach.
        breaches = {decision.id: list(self._breach(decision)) for decision in self.decisions}
        for decision in self.decisions:
            yield from breaches[decision.id] or self._other(decision)

    def _breach(self, decision: Decision) -> Iterable[Happening]:
        if decision.kind is not DecisionKind.BREACH:
            return
        if not decision.wants:
            yield Happening("warn")
        for want in decision.wants:
            words = want.split()
            match words:
                case ["move_stop" | "require_stop", *_]:
                    continue  # told when it is asked for, with its price
                case ["cooldown", *scope, length]:
                    self._lock_of(decision, " ".join(scope) or "account")
                    yield Happening(" ".join(["cooldown", *scope, write_duration(duration(length))]))
                case ["lock", scope, *_]:
                    lock = self._lock_of(decision, scope)
                    yield Happening(want, _end(lock) if lock else None)
                case ["reduce", scope, "to", "0"] if scope != "account":
                    yield Happening(f"close {scope}")
                case _:
                    yield Happening(want)

    def _lock_of(self, decision: Decision, scope: str) -> Lock | None:
        source = f"{decision.rule}/{decision.tier}/"
        for lock in self.locks.values():
            if lock.source.startswith(source) and self.root(str(lock.scope)) == scope:
                self.told.add(lock.id)
                return lock
        return None

    def _other(self, decision: Decision) -> Iterable[Happening]:
        match decision.kind:
            case DecisionKind.WARN:
                yield Happening("warn")
            case DecisionKind.PENDING if decision.until is not None:
                yield Happening(f"pending {write_duration(decision.until - decision.at)}")
            case DecisionKind.UNKNOWN:
                yield Happening("unknown")
            case DecisionKind.UNLOCK:
                yield Happening(f"unlock {self.root(decision.subject)}")
            case DecisionKind.STOP:
                yield from (Happening(want) for want in decision.wants)
            case DecisionKind.FAULT:
                yield Happening(f"a fault: {decision.message}")
            case DecisionKind.LOCK if decision.lock in self.locks and decision.lock not in self.told:
                lock = self.locks[decision.lock]
                yield Happening(f"lock {self.root(str(lock.scope))}", _end(lock))
            case _:
                return


def _end(lock: Lock) -> Until:
    match lock.end.kind:
        case EndKind.INSTANT:
            return lock.end.at
        case EndKind.MANUAL:
            return "manual"
        case EndKind.CONDITION:
            return None
