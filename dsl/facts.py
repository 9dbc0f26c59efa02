"""The fields of the rule language: what each is called, where it exists, what changes it.

Kind, meaning and whether a field can be unknown are read off the classes in `engine/facts`. A test fails when one
of their properties is missing here.
"""

from collections.abc import Mapping

from dsl.fact import CLOCK, EVERYWHERE, Fact, alone
from dsl.facts_account import ACCOUNT_FACTS
from dsl.facts_position import POSITION_FACTS
from dsl.kinds import EVENTS, SYMBOL

_SYMBOL = Fact(
    path="symbol",
    attribute="symbol.name",
    kind=SYMBOL,
    scopes=("symbol", "position", "trade"),
    topics=frozenset(),
    never_negative=False,
    may_be_unknown=False,
    label="symbol",
    summary="The product root as traders write it: ES.",
)


_HIGH_IMPACT = Fact(
    path="news.high_impact",
    attribute="news",
    kind=EVENTS,
    scopes=EVERYWHERE,
    topics=frozenset({CLOCK}),
    never_negative=False,
    may_be_unknown=False,
    label="news",
    summary="Scheduled releases of high impact, for `near`.",
)


FACTS: Mapping[str, Fact] = {
    "now": alone("now", "the time"),
    "clock": alone("clock", "the time of day"),
    "symbol": _SYMBOL,
    "news.high_impact": _HIGH_IMPACT,
    **ACCOUNT_FACTS,
    **POSITION_FACTS,
}
