"""What a rule may rely on from its ruleset: settings, calendar, shared lists, and what the venue lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dsl.typed import Constant, Typed
from engine.rule import Mode
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class RulesetInfo:
    """The surroundings of a rule.

    `trading_day` is the wall time (`17:00`) at which a trading day starts in `tz`. `known_roots` are the symbols
    the venue lists; None: not asked, so any symbol is taken. `reach` is the `max_distance` of stops that depends on facts.
    """

    name: str
    tz: str
    trading_day: str
    settings: Settings
    lists: Mapping[str, Constant] = field(default_factory=lambda: MappingProxyType({}))
    ceiling: Mode = Mode.ENFORCE
    known_roots: frozenset[str] | None = None
    reach: Typed | None = None

    @property
    def city(self) -> str:
        """The zone as people say it: Chicago."""
        return self.tz.rpartition("/")[2].replace("_", " ")
