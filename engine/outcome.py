"""What one step leads to, beside the next state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from engine.commands import Command
from engine.enforcement import Enforcement, OwnAct
from engine.locks import Lock
from engine.units import Instant


class DecisionKind(StrEnum):
    """What happened to a rule or a lock."""

    PENDING = "pending"
    BREACH = "breach"
    RELEASE = "release"
    WARN = "warn"
    UNKNOWN = "unknown"
    KNOWN = "known"
    LOCK = "lock"
    LOCK_EXTENDED = "lock_extended"
    UNLOCK = "unlock"
    RESET = "reset"
    FAULT = "fault"
    STOP = "stop"
    REENTRY = "reentry"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the record. `mode` is the effective one; below `enforce` nothing was done about it.

    `value` and `limit` are the rule's gauge in its unit's steps, as far as it has one and it was known. `wants` is
    the full demand in words (`flatten account`, `lock account until …`), written down whatever the mode.
    """

    id: str
    kind: DecisionKind
    at: Instant
    rule: str
    tier: str = ""
    subject: str = ""
    mode: str = "enforce"
    message: str = ""
    value: int | None = None
    limit: int | None = None
    unit: str = ""
    wants: tuple[str, ...] = ()
    lock: str = ""
    until: Instant | None = None
    cause: str = ""
    tell: tuple[str, ...] = ()
    digest: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step decided and wants done.

    `locks` are the locks that changed or ended (None), by id; `enforcements` those that changed. All of it is stored
    before any of `commands` is sent. `deadline` is the next instant at which silence would matter.
    `shown`: what the condition of each breach weighed, in words, by the decision's id; for people, it decides nothing.
    `executed`: requests of which the venue now shows the order.
    """

    decisions: tuple[Decision, ...] = ()
    locks: Mapping[str, Lock | None] = field(default_factory=lambda: MappingProxyType({}))
    enforcements: Mapping[str, Enforcement] = field(default_factory=lambda: MappingProxyType({}))
    commands: tuple[Command, ...] = ()
    deadline: Instant | None = None
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    executed: tuple[OwnAct, ...] = ()
