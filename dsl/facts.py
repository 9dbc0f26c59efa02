"""The fields of the rule language: what each is called, where it exists, what changes it.

Kind, meaning and whether a field can be unknown are read off the classes in `engine/facts`. A test fails when one
of their properties is missing here.
"""

from collections.abc import Mapping

from dsl.fact import Fact, alone
from dsl.facts_account import ACCOUNT_FACTS
from dsl.facts_position import POSITION_FACTS
from dsl.kinds import SYMBOL

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


FACTS: Mapping[str, Fact] = {
    "now": alone("now", "the time"),
    "clock": alone("clock", "the time of day"),
    "symbol": _SYMBOL,
    **ACCOUNT_FACTS,
    **POSITION_FACTS,
}
