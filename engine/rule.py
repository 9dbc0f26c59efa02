"""A rule as the engine knows it: compiled functions and plain settings. No language, no YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from types import MappingProxyType

from engine.actions import Action
from engine.facts import Facts
from engine.schedule import Reset
from engine.settings import Settings
from engine.units import Duration, Instant
from engine.windows import Window


class Mode(IntEnum):
    """What a rule may do; the weakest of rule, ceiling and account holds (`dsl.md` 8)."""

    OFF = 0
    SHADOW = 1
    WARN = 2
    ENFORCE = 3


class RuleScope(StrEnum):
    """What a rule is looked at for: one answer for the account, per symbol, per contract, or per closed trade."""

    ACCOUNT = "account"
    SYMBOL = "symbol"
    POSITION = "position"
    TRADE = "trade"


class IfUnknown(StrEnum):
    """What an unknown answer does (`dsl.md` 6)."""

    HOLD = "hold"
    BREACH = "breach"
    NO_INCREASE = "no_increase"
    CLEAR = "clear"


class Topic(StrEnum):
    """What an event can change. A rule is evaluated when a topic it reads has changed.

    CLOCK changes with every event. CALENDAR is time as well, of which a rule knows beforehand when it changes an
    answer: its `wake` says so, and no event changes it.
    """

    CLOCK = "clock"
    CALENDAR = "calendar"
    QUOTES = "quotes"
    POSITIONS = "positions"
    ORDERS = "orders"
    FILLS = "fills"
    ACCOUNT = "account"
    LINKS = "links"
    LOCKS = "locks"


@dataclass(frozen=True, slots=True)
class MessageContext:
    """What a message may name beside facts: the tier that fired and the end of the lock it set, for people."""

    tier: str = ""
    lock_until: str = ""
    stop: str = ""


Condition = Callable[[Facts], bool | None]
"""True, false, or None: unknown."""

Message = Callable[[Facts, MessageContext], str]


@dataclass(frozen=True, slots=True)
class Gauge:
    """How close a condition is: two quantities of one unit, both in that unit's steps.

    `unit` is one of money, contracts, ticks, duration, percent, number; `label` says in trading words what is
    measured. `armed` is what must hold before that matters at all (a day that was good), None: nothing.
    `of_trade`: it can only be read while a closed trade is looked at. `others` are those of the other branches of an
    `or`: whichever is nearest to its limit is meant.
    """

    value: Callable[[Facts], int | None]
    limit: Callable[[Facts], int | None]
    unit: str
    label: str
    is_count: bool = False
    armed: Condition | None = None
    of_trade: bool = False
    others: tuple["Gauge", ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """One condition and what it leads to. A rule without `tiers:` has one tier with an empty name.

    `gauge` is derived from the condition, `closes` is when the hours end that it keeps; None where there is neither.
    `text` is the condition in words, `shown` what it weighed and how much each was, for the record.
    """

    name: str
    when: Condition
    then: Callable[[Facts], tuple[Action, ...]]
    hold: Callable[[Facts], int | None] | None = None
    streams: frozenset[str] = frozenset()
    gauge: Gauge | None = None
    closes: Callable[[Facts], Instant | None] | None = None
    text: str = ""
    shown: Callable[[Facts], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """The rule's own early warning."""

    when: Condition
    message: Message


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, compiled. `wake` gives the next instant at which time alone could change an answer of it.

    `reads` are the topics its answers depend on, `windows` its aggregates by key, `digest` that of its file.
    `conditions` is the digest of what makes it true and for how long, empty where nobody knows.
    `untils` are the `until:` expressions of its locks, `until_wakes` when time alone could make each of them true.
    `gauge` is the one its author wrote; it stands for those of all tiers. `only_helps`: it moves stops of winners and
    asks for nothing else, so that nothing is broken while it is at work.
    """

    name: str
    title: str
    mode: Mode
    scope: RuleScope
    tiers: tuple[Tier, ...]
    reads: frozenset[Topic]
    message: Message
    wake: Callable[[Facts], Instant | None]
    severity: str = "medium"
    why: str = ""
    windows: Mapping[str, Window] = field(default_factory=lambda: MappingProxyType({}))
    untils: Mapping[str, Condition] = field(default_factory=lambda: MappingProxyType({}))
    until_wakes: Mapping[str, Callable[[Facts], Instant | None]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    for_each_scale_in: bool = False
    only_helps: bool = False
    reset: Reset | None = None
    if_unknown: IfUnknown = IfUnknown.HOLD
    clear_when: Condition | None = None
    clear_for: Duration = Duration(0)
    warn: EarlyWarning | None = None
    gauge: Gauge | None = None
    expires: Instant | None = None
    settings: Settings | None = None
    source: str = ""
    digest: str = ""
    conditions: str = ""


@dataclass(frozen=True)
class RuleSet:
    """All rules that guard one account, in any order, with the settings they share.

    `may_act_live`: somebody wrote down that the firm permits orders on this account although it is not simulated.
    """

    name: str
    digest: str
    settings: Settings
    rules: tuple[Rule, ...]
    ceiling: Mode = Mode.ENFORCE
    may_act_live: bool = False

    @cached_property
    def looked_at(self) -> tuple[Rule, ...]:
        """The rules that are not off."""
        return tuple(rule for rule in self.rules if min(rule.mode, self.ceiling) is not Mode.OFF)

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """The rules by their names, which are unique in a set."""
        return {rule.name: rule for rule in self.rules}
