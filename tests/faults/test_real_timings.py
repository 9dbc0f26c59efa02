"""With its real waits the daemon notices a connection that died without a word, and REST sees for it meanwhile."""

import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIRST = 9_120_001
MNQ = "CON.F.US.MNQ.Z26"
HEAD = "ruleset: one\ndsl: 1\nmode_ceiling: enforce\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\n"
AT_MOST_TWO = """\
rule: at_most_two
title: At most two contracts
mode: enforce
scope: account
params:
  limit: 2 contracts
when: account.gross_contracts > limit
then:
  - reduce_to: limit
message: "You hold {account.gross_contracts}."
"""
POLL = 10.0 + 2.0 + 2.0
"""Seconds: the poll beside a hub that still counts as live, the pause REST is given to follow, and the way to the end."""


@pytest.mark.skipif(sys.platform != "linux", reason="sockets are made deaf with a packet filter of Linux")
@pytest.mark.parametrize(
    ("how", "bound", "after"),
    [
        ("vanish", 15.0, 3.0),
        pytest.param("vanish", 15.0, 6.0, marks=pytest.mark.nightly),
        pytest.param("vanish", 15.0, 9.0, marks=pytest.mark.nightly),
        pytest.param("freeze", 41.0, 3.0, marks=pytest.mark.nightly),
    ],
)
def test_a_link_that_died_silently_is_noticed_in_time_and_rest_enforces_meanwhile(
    how: str,
    bound: float,
    after: float,
    desk_with: Callable[[int], Any],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, str], None],
) -> None:
    monkeypatch.setenv("RISK_TEST_REAL", "1")
    desk = desk_with(1)
    proxy = runpy.run_path(str(Path(__file__).with_name("silent_proxy.py")))["SilentProxy"](
        int(desk.sim.api.rsplit(":", 1)[1])
    )
    desk.sim.control("/sim/settings", {"ping_seconds": 15})
    desk.furnish({"one": {"ruleset.yaml": HEAD, "at_most_two.yaml": AT_MOST_TWO}}, {FIRST: "one"})
    settings = desk.home / "settings.yaml"
    settings.write_text(
        settings.read_text().replace(desk.sim.user_hub, f"http://127.0.0.1:{proxy.port}/hubs/user")
    )
    guard = desk.watch()
    desk.until(lambda: way(guard) == "stream", 20.0)
    desk.sim.place(FIRST, "MNQ", "buy", 2)
    desk.until(lambda: [row["size"] for row in guard.account(FIRST)["positions"]] == [2], 5.0)
    time.sleep(after)  # sooner or later between two pings

    getattr(proxy, how)()
    died_at = time.monotonic()
    desk.sim.place(FIRST, "MNQ", "buy", 1)
    enforced = desk.until(lambda: desk.positions(FIRST) == {MNQ: 2} and is_reduced(desk), bound + POLL)
    desk.until(
        lambda: not guard.account(FIRST)["links"]["user_hub"]["is_live"] or is_back(guard, died_at), bound + 5
    )
    noticed = time.monotonic() - died_at
    desk.until(lambda: way(guard) == "stream", 10.0)
    back = time.monotonic() - died_at
    desk.sim.place(FIRST, "MNQ", "buy", 1)
    by_stream = desk.until(lambda: desk.positions(FIRST) == {MNQ: 2} and is_reduced(desk, 2), 5.0)
    proxy.close()

    record_property(
        "table:real waits",
        f"{how:<8} breach reduced at the venue after {enforced:.1f} s by REST, noticed after {noticed:.1f} s (bound"
        f" {bound:.0f} s), live again after {back:.1f} s, the next breach reduced after {by_stream:.2f} s",
    )
    assert noticed <= bound
    assert enforced <= POLL
    assert by_stream < 2.0


def way(guard: Any) -> str:
    return str(guard.account(FIRST).get("way"))


def is_back(guard: Any, died_at: float) -> bool:
    """Say whether the hub is live again already: coming back takes less than the time between two looks."""
    return guard.log().count("user_hub is down") > 1 and died_at > 0


def is_reduced(desk: Any, times: int = 1) -> bool:
    return sum(trade["side"] == 1 for trade in desk.sim.state(FIRST)["trades"]) >= times
