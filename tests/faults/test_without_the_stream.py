"""REST alone: every shipped rule that needs no quotes still reaches its end at the venue, within a measured time."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST = 9_120_001
BOUND = 4.0
"""Seconds: two between polls, the reading of fourteen accounts one after the other, and the way to flat."""

KICKS = 2.0
"""A tenth of the twenty seconds, as the waits of this guard are a tenth of the usual."""


@dataclass(frozen=True)
class Case:
    """A shipped rule, what is changed in its file, what leads up to the breach, the breach, and what must be left."""

    rule: str
    breach: tuple[str, int]
    left: int
    changes: tuple[tuple[str, str], ...] = ()
    before: tuple[str, ...] = ()


CASES = (
    Case("starter/max_contracts", ("MNQ", 7), 5),
    Case("starter/max_contracts_per_instrument", ("MNQ", 4), 3),
    Case("starter/max_net_contracts", ("MNQ", 7), 5),
    Case("starter/symbol_blocks", ("NG", 1), 0),
    Case("starter/session_block_outside", ("MNQ", 1), 0, (("08:30..15:00", "10:00..15:00"),)),
    Case("starter/no_stop_loss_grace", ("MNQ", 1), 0, (("grace: 30s", "grace: 1s"),)),
    Case("starter/trade_frequency_limit", ("MNQ", 1), 0, before=("trip", "trip", "trip")),
    Case("starter/cooldown_after_loss", ("ES", 1), 0, before=("loss",)),
    Case("starter/daily_realized_loss", ("ES", 1), 0, (("limit: $500", "limit: $150"),), ("loss",)),
    Case("examples/loss_streak_cooldown", ("ES", 1), 0, (("in_a_row: 3", "in_a_row: 1"),), ("loss",)),
    Case("examples/correlated_exposure", ("ES", 4), 3),
    Case("topstep-combine-50k/max_contracts", ("ES", 6), 5),
    Case("topstep-combine-50k/firm_close", ("MNQ", 1), 0, (("17:00..15:10", "17:00..08:00"),)),
    Case("topstep-xfa-50k/firm_close", ("MNQ", 1), 0, (("17:00..15:10", "17:00..08:00"),)),
)


def files_of(case: Case) -> dict[str, str]:
    """Return the ruleset of one shipped rule alone, enforced."""
    pack, name = case.rule.split("/")
    folder = ROOT / "rulesets" / pack
    text = re.sub(r"^mode: \w+", "mode: enforce", (folder / f"{name}.yaml").read_text(), flags=re.MULTILINE)
    for old, new in case.changes:
        assert old in text, f"{case.rule} does not say `{old}` any more"
        text = text.replace(old, new)
    settings = (folder / "ruleset.yaml").read_text()
    return {"ruleset.yaml": settings, "lists.yaml": (folder / "lists.yaml").read_text(), f"{name}.yaml": text}


def lead_up(desk: Any, numbers: dict[str, int]) -> None:
    """Let the trader make round trips and a loss of $250, where a case wants that."""
    trips = {numbers[case.rule]: case.before.count("trip") for case in CASES}
    losers = [numbers[case.rule] for case in CASES if "loss" in case.before]
    for number in losers:
        desk.sim.place(number, "MNQ", "buy", 5)
        desk.until(lambda n=number: desk.positions(n), 3.0)
    desk.sim.price("MNQ", 25475)
    for number in losers:
        leave(desk, number)
    for number, count in trips.items():
        for _ in range(count):
            desk.sim.place(number, "MNQ", "buy", 1)
            desk.until(lambda n=number: desk.positions(n), 3.0)
            leave(desk, number)
    # What is entered before the guard can know of a pause was entered without one: it may stay.
    paused = [numbers[case.rule] for case in CASES if case.before]
    desk.until(lambda: all(desk.guard.account(number)["locks"] for number in paused), 8.0)


def leave(desk: Any, number: int) -> None:
    desk.sim.control("/sim/close", {"account": number, "contract": "MNQ"})
    desk.until(lambda: not desk.positions(number), 3.0)


def measure(desk: Any, numbers: dict[str, int]) -> dict[str, float]:
    """Let every account break its rule, at different moments between two polls; return how long each was wrong."""
    began: dict[str, float] = {}
    took: dict[str, float] = {}
    waiting = {case.rule: case for case in CASES}
    for case in CASES:
        symbol, size = case.breach
        desk.sim.place(numbers[case.rule], symbol, "buy", size)
        began[case.rule] = time.monotonic()
        time.sleep(0.15)
        look(desk, numbers, waiting, began, took)
    while waiting and time.monotonic() - max(began.values()) < 2 * BOUND:
        look(desk, numbers, waiting, began, took)
        time.sleep(0.03)
    assert not waiting, f"never reached its end: {sorted(waiting)}"
    return took


def look(
    desk: Any,
    numbers: dict[str, int],
    waiting: dict[str, Case],
    began: dict[str, float],
    took: dict[str, float],
) -> None:
    for rule in [rule for rule in waiting if rule in began]:
        held = desk.positions(numbers[rule])
        was_there = desk.sim.state(numbers[rule])["trades"][-1:] and is_touched(desk, numbers[rule])
        if sum(map(abs, held.values())) == waiting[rule].left and was_there:
            took[rule] = time.monotonic() - began[rule]
            del waiting[rule]


def is_touched(desk: Any, number: int) -> bool:
    """Say whether the guard has closed or reduced in this account."""
    log = desk.guard.log()
    return any(
        f"/api/Position/{path} for account {number}:" in log
        for path in ("closeContract", "partialCloseContract")
    )


def table(title: str, took: dict[str, float]) -> str:
    worst = max(took.values())
    lines = [f"{rule:<42} {seconds:5.2f} s" for rule, seconds in took.items()]
    return "\n".join([title, *lines, f"{'worst':<42} {worst:5.2f} s, bound {BOUND} s"])


@pytest.fixture
def numbers() -> dict[str, int]:
    return {case.rule: FIRST + index for index, case in enumerate(CASES)}


def furnished(desk: Any, numbers: dict[str, int], stream: str) -> None:
    names = {case.rule: f"set-{index}" for index, case in enumerate(CASES)}
    rulesets = {names[case.rule]: files_of(case) for case in CASES}
    desk.furnish(rulesets, {number: names[rule] for rule, number in numbers.items()}, stream)
    desk.watch()
    lead_up(desk, numbers)


def test_with_the_stream_switched_off_every_rule_without_quotes_reaches_its_end(
    desk_with: Callable[[int], Any], numbers: dict[str, int], record_property: Callable[[str, str], None]
) -> None:
    desk = desk_with(len(CASES))
    furnished(desk, numbers, "off")

    took = measure(desk, numbers)

    record_property("table:REST alone", table("stream: off", took))
    assert max(took.values()) <= BOUND
    rows = desk.guard.accounts().values()
    assert {row["way"] for row in rows} == {"rest"}
    assert {row["links"]["user_hub"]["reason"] for row in rows} == {"switched off by the settings"}
    assert not desk.sim.control("/sim/connections")["links"]


def test_with_the_user_hub_kicked_again_and_again_every_rule_without_quotes_reaches_its_end(
    desk_with: Callable[[int], Any], numbers: dict[str, int], record_property: Callable[[str, str], None]
) -> None:
    desk = desk_with(len(CASES))
    stop, ways = threading.Event(), set()

    def kick() -> None:
        while not stop.wait(KICKS):
            desk.sim.control(
                "/sim/faults/logout", {"keep_tokens": True}
            )  # another session, the token lives on
            ways.update(row["way"] for row in desk.guard.accounts().values())

    furnished(desk, numbers, "on")
    kicking = threading.Thread(target=kick)
    kicking.start()
    try:
        time.sleep(2 * KICKS)
        took = measure(desk, numbers)
        ways.update(row["way"] for row in desk.guard.accounts().values())
    finally:
        stop.set()
        kicking.join()

    record_property(
        "table:REST alone", table(f"\nuser hub kicked every {KICKS:.0f} s (a tenth of 20 s)", took)
    )
    assert max(took.values()) <= BOUND
    assert ways >= {"rest"}, "the status said which way was in use"
    desk.until(lambda: {row["way"] for row in desk.guard.accounts().values()} == {"stream"}, 15.0)
