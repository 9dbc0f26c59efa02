"""What the language knows about one field, and how that is read off the classes in `engine/facts`."""

import inspect
from dataclasses import dataclass

from dsl.kinds import SYMBOL, Kind
from dsl.signature import kind_of
from engine.facts import Facts
from engine.rule import Topic

ACCOUNT, CLOCK, FILLS, LINKS, LOCKS = Topic.ACCOUNT, Topic.CLOCK, Topic.FILLS, Topic.LINKS, Topic.LOCKS
ORDERS, POSITIONS, QUOTES = Topic.ORDERS, Topic.POSITIONS, Topic.QUOTES

EVERYWHERE = ("account", "symbol", "position", "trade")
OF_SYMBOL = ("symbol", "position")
OF_POSITION = ("position",)
OF_TRADE = ("trade",)

SECOND, SESSION, MARKET, TRADING_DAY, NEWS = "second", "session", "market", "trading_day", "news"


@dataclass(frozen=True, slots=True)
class Fact:
    """One field. `attribute` is where compiled rules read it from the facts; `label` says it in trading words.

    `scopes`: rules in which it exists. `topics`: what it changes with. `wakes`: what changes it by time alone.
    """

    path: str
    attribute: str
    kind: Kind
    scopes: tuple[str, ...]
    topics: frozenset[Topic]
    never_negative: bool
    may_be_unknown: bool
    label: str
    summary: str
    wakes: str = ""

    @property
    def needs_quotes(self) -> bool:
        """Whether it is unknown while a quote is missing or old."""
        return Topic.QUOTES in self.topics


Entry = tuple[str, str, tuple[Topic, ...]] | tuple[str, str, tuple[Topic, ...], str]
"""Name, label, topics, and what changes it by time alone."""

_POSITIVE = (
    "_loss",
    "_profit",
    "_contracts",
    "_minis",
    "quantity",
    "covered",
    "_long",
    "_short",
    "_distance",
)
_POSITIVE_WORDS = frozenset({"loss", "profit", "duration", "age", "closes_in", "blind_for", "peak_ticks"})


def family(prefix: str, owner: type, scopes: tuple[str, ...], entries: tuple[Entry, ...]) -> dict[str, Fact]:
    """Return the facts of one class by path."""
    return {f"{prefix}.{entry[0]}": _fact(prefix, owner, scopes, *entry) for entry in entries}


def _fact(
    prefix: str,
    owner: type,
    scopes: tuple[str, ...],
    name: str,
    label: str,
    topics: tuple[Topic, ...],
    wakes: str = "",
) -> Fact:
    getter = getattr(owner, name).fget
    kind, may_be_unknown = kind_of(inspect.get_annotations(getter, eval_str=True)["return"])
    kind = SYMBOL if name == "mini" else kind
    positive = name in _POSITIVE_WORDS or (name.endswith(_POSITIVE) and not name.startswith("signed"))
    path = f"{prefix}.{name}"
    summary = (inspect.getdoc(getter) or "").partition("\n")[0]
    return Fact(path, path, kind, scopes, frozenset(topics), positive, may_be_unknown, label, summary, wakes)


def alone(name: str, label: str) -> Fact:
    """Return a fact without a family: `now`, `clock`."""
    getter = getattr(Facts, name).fget
    kind, _ = kind_of(inspect.get_annotations(getter, eval_str=True)["return"])
    summary = (inspect.getdoc(getter) or "").partition("\n")[0]
    return Fact(name, name, kind, EVERYWHERE, frozenset({CLOCK}), False, False, label, summary, SECOND)
