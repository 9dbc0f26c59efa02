"""Twelve shipped conditions as the language compiles them, beside the same twelve written by hand in Python.

Both read values that are there already, so that only the code of the conditions is compared; unknown is guarded and
money exact on both sides. Rounds of one and the other alternate and the best of each counts: what else runs on the
machine slows both.
"""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import pytest

from dsl.pipeline import load_ruleset

STARTER = Path(__file__).parents[2] / "rulesets" / "starter"
DOLLAR = CONTRACT = 1_000_000
LIMITS = {"MES": 5, "MNQ": 3, "M2K": 5, "MYM": 5, "MGC": 2, "MCL": 2, "ES": 1, "NQ": 1}


class Flat:
    """Everything the twelve conditions read, in one slotted object."""

    __slots__ = (
        "best_profit", "booked", "day_profit", "gross", "loss", "net", "open_loss", "open_profit", "profit",
        "quantity", "stopped_loss", "stopped_out", "symbol", "target_distance", "total", "uncovered", "with_target",
    )  # fmt: skip


def max_contracts(a: Any) -> bool | None:
    return None if a.gross is None else a.gross > 5 * CONTRACT


def max_net_contracts(a: Any) -> bool | None:
    return None if a.net is None else a.net > 5 * CONTRACT


def max_contracts_per_instrument(a: Any) -> bool | None:
    return None if a.quantity is None else a.quantity > LIMITS.get(a.symbol, 0) * CONTRACT


def daily_realized_loss(a: Any) -> bool | None:
    return None if a.booked is None else max(-a.booked, 0) >= 500 * DOLLAR


def daily_unrealized_loss(a: Any) -> bool | None:
    lost = a.open_loss if a.open_loss is not None else a.stopped_out
    return None if lost is None else lost >= 300 * DOLLAR


def daily_profit_target(a: Any) -> bool | None:
    return None if a.day_profit is None else a.day_profit >= 1000 * DOLLAR


def max_unrealized_profit_account(a: Any) -> bool | None:
    return None if a.open_profit is None else a.open_profit >= 1500 * DOLLAR


def position_open_loss(a: Any) -> bool | None:
    lost = a.loss if a.loss is not None else a.stopped_loss
    return None if lost is None else lost >= 200 * DOLLAR


def max_unrealized_profit(a: Any) -> bool | None:
    if a.profit is not None and a.profit < 1000 * DOLLAR:
        return False
    is_near = a.with_target and (None if a.target_distance is None else a.target_distance <= 4_000_000)
    if is_near:
        return False
    return None if a.profit is None or is_near is None else True


def position_give_back(a: Any) -> bool | None:
    if a.best_profit is not None and a.best_profit < 400 * DOLLAR:
        return False
    if a.best_profit is None or a.total is None:
        return None
    return bool(a.total * 100 <= a.best_profit * 60)


def symbol_blocks(a: Any) -> bool | None:
    return a.symbol in ("RTY", "NG")


def no_stop_loss_grace(a: Any) -> bool | None:
    return None if a.uncovered is None else a.uncovered > 0


BY_HAND: tuple[Callable[[Any], bool | None], ...] = (
    max_contracts, max_net_contracts, max_contracts_per_instrument, daily_realized_loss, daily_unrealized_loss,
    daily_profit_target, max_unrealized_profit_account, position_open_loss, max_unrealized_profit,
    position_give_back, symbol_blocks, no_stop_loss_grace,
)  # fmt: skip


def flat(values: dict[str, Any]) -> Flat:
    made = Flat()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def as_facts(v: dict[str, Any]) -> Any:
    """Return the same values under the names that compiled rules read."""
    account = SimpleNamespace(
        gross_contracts=v["gross"], net_contracts=v["net"], open_loss=v["open_loss"],
        open_profit=v["open_profit"], stopped_out_loss=v["stopped_out"],
    )  # fmt: skip
    position = SimpleNamespace(
        open_loss=v["loss"], open_profit=v["profit"], stopped_out_loss=v["stopped_loss"],
        has_target=v["with_target"], target_distance=v["target_distance"], peak_profit=v["best_profit"],
        total_profit=v["total"], uncovered=v["uncovered"],
    )  # fmt: skip
    return SimpleNamespace(
        account=account,
        position=position,
        day=SimpleNamespace(total_profit=v["day_profit"]),
        symbol=SimpleNamespace(name=v["symbol"], quantity=v["quantity"]),
        window=lambda key: v["booked"],
    )


QUIET = {
    "best_profit": 500 * DOLLAR, "booked": -120 * DOLLAR, "day_profit": 80 * DOLLAR, "gross": 3 * CONTRACT,
    "loss": 0, "net": 1 * CONTRACT, "open_loss": 0, "open_profit": 200 * DOLLAR, "profit": 200 * DOLLAR,
    "quantity": 2 * CONTRACT, "stopped_loss": 90 * DOLLAR, "stopped_out": 90 * DOLLAR, "symbol": "MNQ",
    "target_distance": 9_000_000, "total": 400 * DOLLAR, "uncovered": 0, "with_target": True,
}  # fmt: skip
BAD = QUIET | {
    "best_profit": 600 * DOLLAR, "booked": -700 * DOLLAR, "day_profit": 1200 * DOLLAR, "gross": 6 * CONTRACT,
    "loss": 300 * DOLLAR, "net": 6 * CONTRACT, "open_loss": 400 * DOLLAR, "open_profit": 1600 * DOLLAR,
    "profit": 1600 * DOLLAR, "quantity": 9 * CONTRACT, "symbol": "NG", "total": 100 * DOLLAR, "uncovered": 1,
}  # fmt: skip
BLIND = dict.fromkeys(QUIET) | {"symbol": "ES", "with_target": False}


@pytest.fixture(scope="module")
def compiled() -> tuple[Callable[[Any], bool | None], ...]:
    ruleset = load_ruleset(STARTER).ruleset
    assert ruleset is not None
    return tuple(ruleset.by_name[function.__name__].tiers[0].when for function in BY_HAND)


@pytest.mark.parametrize("values", [QUIET, BAD, BLIND], ids=["quiet", "bad", "blind"])
def test_both_give_the_same_answers(compiled: Any, values: dict[str, Any]) -> None:
    assert [when(as_facts(values)) for when in compiled] == [each(flat(values)) for each in BY_HAND]


def test_compiled_conditions_are_about_as_fast_as_hand_written_ones(compiled: Any) -> None:
    facts, account = as_facts(QUIET), flat(QUIET)

    ours, by_hand = best_of(compiled, facts, BY_HAND, account)

    assert ours <= MOST * by_hand


MOST = 2.5
"""They are functions of their own, each reading `facts.account.…` anew; fused into one they would take half."""


def best_of(one: Any, facts: Any, other: Any, account: Any) -> tuple[float, float]:
    """Return the best times of many short rounds, one after the other in turn."""
    best = [float("inf"), float("inf")]
    for _ in range(300):
        for place, (functions, seen) in enumerate(((one, facts), (other, account))):
            started = perf_counter()
            for _ in range(20):
                for function in functions:
                    function(seen)
            best[place] = min(best[place], perf_counter() - started)
    return best[0], best[1]
