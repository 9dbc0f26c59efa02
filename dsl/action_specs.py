"""What may stand behind each action of `then:`, and below it. The checker, the reference and the schema read this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dsl.kinds import CONTRACTS, DURATION, PRICE, TICKS, Kind

PLACES = ("account", "symbol", "position")
PEOPLE = ("trader", "admin")
SIDES = ("buy", "sell")
ORDERS_OF_REMOVAL = ("newest_first", "largest_first", "losers_first")

REACH = {
    "account": ("account",),
    "symbol": ("account", "symbol"),
    "position": ("account", "symbol", "position"),
    "trade": ("account", "symbol", "position"),
}
"""Where an action can hold in a rule of each scope: not on something the rule does not look at."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action. Its value is a place (`places`), people (`is_told`), or an amount of a kind.

    `words`: options chosen from words; `amounts`: options that are expressions of a kind, `conditions`: yes or no.
    """

    summary: str
    places: tuple[str, ...] = ()
    kind: Kind | None = None
    is_told: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    amounts: Mapping[str, Kind] = field(default_factory=lambda: MappingProxyType({}))
    conditions: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("account", "symbol", "position", "trade")

    @property
    def options(self) -> tuple[str, ...]:
        return (*self.conditions, *self.amounts, *self.words)


SPECS: Mapping[str, ActionSpec] = {
    "flatten": ActionSpec("close everything there and cancel its working orders", places=PLACES),
    "close": ActionSpec("close what is held there; working orders stay", places=("position", "symbol")),
    "reduce_to": ActionSpec(
        "close contracts until the limit holds",
        kind=CONTRACTS,
        words={"by": ORDERS_OF_REMOVAL},
        conditions=("measure",),
        scopes=("account", "symbol", "position"),
    ),
    "cancel_orders": ActionSpec("no working entry orders there", places=PLACES, words={"side": SIDES}),
    "lock": ActionSpec(
        "refuse entries there until it ends; exits are always allowed",
        places=PLACES,
        words={"side": SIDES},
        amounts={"for": DURATION},
        conditions=("until",),
    ),
    "cooldown": ActionSpec("refuse entries for a while", kind=DURATION, words={"on": ("account", "symbol")}),
    "move_stop": ActionSpec(
        "each stop at least this tight; it never loosens",
        kind=PRICE,
        amounts={"step": TICKS, "every": DURATION},
        scopes=("position",),
    ),
    "require_stop": ActionSpec(
        "place a protective stop if there is none; it goes with its position, or for another as tight",
        kind=TICKS,
        scopes=("position",),
    ),
    "notify": ActionSpec("tell people", is_told=True),
    "warn": ActionSpec("show it as a warning", is_told=True),
}
