"""REST alone, a rule on open loss: the venue's bars give it a price, and it ends flat within a measured time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FIRST = 9_120_001
BOUND = 5.0
"""Seconds: the second of the bar must end, the venue's clock is told in whole seconds, one between two bars, the close."""


def test_with_the_stream_switched_off_a_rule_on_open_loss_still_ends_flat(
    desk_with: Callable[[int], Any], record_property: Callable[[str, str], None]
) -> None:
    desk = desk_with(1)
    folder = ROOT / "rulesets/starter"
    names = ("ruleset.yaml", "lists.yaml", "daily_unrealized_loss.yaml")
    files = {name: (folder / name).read_text().replace("mode: shadow", "mode: enforce") for name in names}
    desk.furnish({"starter": files}, {FIRST: "starter"}, "off")
    guard = desk.watch()
    desk.sim.place(FIRST, "MNQ", "buy", 2)  # without a stop: nothing but a price says what it may lose
    desk.until(lambda: guard.account(FIRST)["positions"], 5.0)
    desk.sim.price("MNQ", 25475)
    desk.until(lambda: priced(guard) == ["-102.00"], 5.0)

    desk.sim.price("MNQ", 25420)
    took = desk.until(lambda: not desk.positions(FIRST), 2 * BOUND)

    record_property(
        "table:REST alone", f"\nopen loss of $322 by price bars, limit $300: flat after {took:.2f} s"
    )
    assert took <= BOUND
    desk.until(lambda: guard.account(FIRST)["locks"], 5.0)


def priced(guard: Any) -> list[object]:
    """Return how far the status says that each position is ahead; None: its price is unknown."""
    return [row["open_pnl"] for row in guard.account(FIRST)["positions"]]
