"""The join of demands: in any order, however often, and only ever stricter."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from engine.demand import NOTHING, Demand
from engine.scope import ACCOUNT, of_contract, of_symbol
from engine.units import Price
from engine.venue import Side

scopes = st.sampled_from([ACCOUNT, of_symbol("ES"), of_symbol("MNQ"), of_contract("A"), of_contract("B")])
prices = st.integers(1, 50).map(Price)
demands = st.builds(
    Demand,
    caps=st.dictionaries(scopes, st.integers(0, 5), max_size=4),
    cancels=st.frozensets(st.tuples(scopes, st.sampled_from([None, Side.BUY, Side.SELL])), max_size=3),
    floors=st.dictionaries(st.sampled_from(["A", "B"]), prices, max_size=2),
    ceilings=st.dictionaries(st.sampled_from(["A", "B"]), prices, max_size=2),
    tell=st.frozensets(st.sampled_from(["trader", "admin"])),
)


def joined(parts: list[Demand]) -> Demand:
    return reduce(Demand.join, parts, NOTHING)


@given(st.lists(demands, max_size=5), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_demands_changes_their_join(
    parts: list[Demand], random: object
) -> None:
    shuffled = [*parts, *parts]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert joined(shuffled) == joined(parts)


@given(st.lists(demands, max_size=4), demands)
def test_one_more_demand_never_loosens(parts: list[Demand], extra: Demand) -> None:
    before, after = joined(parts), joined([*parts, extra])

    assert all(after.caps[scope] <= size for scope, size in before.caps.items())
    assert before.cancels <= after.cancels
    assert all(after.floors[name] >= price for name, price in before.floors.items())
    assert all(after.ceilings[name] <= price for name, price in before.ceilings.items())
