"""A roll over real sockets: two months of one root and a second product are one account to the rules."""

from collections.abc import Callable
from typing import Any

FIRST = 9_120_001
OLD, NEW, MNQ = "CON.F.US.EP.Z26", "CON.F.US.EP.H27", "CON.F.US.MNQ.Z26"
RULESET = """\
ruleset: limits
dsl: 1
mode_ceiling: enforce
tz: America/Chicago
trading_day: 17:00
calendar: cme
"""
PER_ROOT = """\
rule: per_root
title: At most two contracts of a root, all months together
mode: enforce
scope: symbol
params:
  limits: {ES: 2 contracts, other: 9 contracts}
when: symbol.quantity > limits[symbol]
then:
  - reduce_to: limits[symbol]
message: "{symbol}: you hold {symbol.quantity}."
"""
BLOCK_ES = """\
rule: block_es
title: No ES
mode: enforce
scope: symbol
params:
  blocked: [ES]
when: symbol in blocked
then:
  - flatten: symbol
message: "{symbol} is blocked."
"""


def test_a_limit_by_root_holds_across_the_months_of_a_roll(desk_with: Callable[[int], Any]) -> None:
    desk = desk_with(1)
    desk.furnish({"limits": {"ruleset.yaml": RULESET, "per_root.yaml": PER_ROOT}}, {FIRST: "limits"})
    guard = desk.watch()
    desk.sim.place(FIRST, "MNQ", "buy", 4)
    desk.sim.place(FIRST, OLD, "buy", 2)
    desk.until(lambda: {one["size"] for one in guard.account(FIRST)["positions"]} == {4, 2}, 5.0)

    desk.sim.place(FIRST, NEW, "buy", 1)  # the roll: the new month is bought before the old one is sold
    desk.until(lambda: len(desk.sim.state(FIRST)["trades"]) >= 4, 5.0)
    desk.until(lambda: sum(size for held, size in desk.positions(FIRST).items() if held != MNQ) == 2, 5.0)

    assert desk.positions(FIRST)[MNQ] == 4, "the other product is none of this rule's business"
    # The status follows the venue a moment later: first the new month's own id, then the root that the venue tells.
    desk.until(lambda: {one["symbol"] for one in guard.account(FIRST)["positions"]} == {"ES", "MNQ"}, 5.0)
    desk.until(lambda: es_gauge(guard)["value"] == "2", 5.0)
    assert es_gauge(guard)["limit"] == "2"
    sold = [trade for trade in desk.sim.state(FIRST)["trades"] if trade["side"] == 1]
    assert [trade["size"] for trade in sold] == [1]


def es_gauge(guard: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(rule for rule in guard.account(FIRST)["rules"] if rule["subject"] == "ES")
    return found


def test_a_blocked_root_is_closed_in_a_month_that_the_venue_does_not_list(
    desk_with: Callable[[int], Any],
) -> None:
    desk = desk_with(1)
    desk.furnish({"limits": {"ruleset.yaml": RULESET, "block_es.yaml": BLOCK_ES}}, {FIRST: "limits"})
    desk.watch()

    desk.sim.place(FIRST, NEW, "sell", 1)
    desk.sim.place(FIRST, "MNQ", "buy", 1)

    desk.until(lambda: desk.positions(FIRST) == {MNQ: 1} and len(desk.sim.state(FIRST)["trades"]) == 3, 8.0)
