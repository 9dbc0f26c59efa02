"""A day in virtual time with a reconnect every few minutes: what the guard counted is what the venue booked."""

from collections.abc import Callable
from dataclasses import replace

from engine.units import SCALE
from service.rehearsal.plan import draw
from service.rehearsal.translate import fill_of
from service.rehearsal.world import World

HOUR = 3600
FAULTS = {"outage": 0.016, "drop": 0.02, "duplicate": 0.02}
"""Each second the stream ends silently with a chance of 0.4 %: once in about four minutes."""


def test_after_a_day_of_reconnects_the_counters_equal_the_venues_own(
    is_nightly: bool, record_property: Callable[[str, str], None]
) -> None:
    hours = 24 if is_nightly else 2
    plan = replace(
        draw(7),
        length=hours * HOUR,
        pace=45.0,
        opening="middle",
        pack="",
        rules=("max_contracts", "frequency"),
        limit=3,
        faults=FAULTS,
        jumps=0.02,
        admin=0.0,
        reload=0.0,
        skew_ms=0,
        is_encoded=False,
    )
    world = World(plan)

    world.run()  # the watch raises at the first broken promise, and recounts every window at the end

    fills = [fill_of(row) for row in world.stage.exchange.venue.trades.values()]
    since = world.guard.state.ledger.known_since or 0
    booked = {fill.id: fill.net for fill in fills if fill.executed_at >= since}
    counted = {fill.id: fill.net for fill in world.guard.state.ledger.fills if fill.executed_at >= since}
    hits = world.stage.hits
    assert counted == booked
    assert hits["outage"] >= 10 * hours
    assert len(fills) >= 80 * hours
    row = f"{hours} h, {hits['outage']} reconnects, {hits['drop']} events lost, {hits['duplicate']} doubled: "
    record_property(
        "table:a day in virtual time",
        f"{row}{len(booked)} of {len(booked)} fills counted, net {sum(booked.values()) / SCALE:.2f} on both sides",
    )
