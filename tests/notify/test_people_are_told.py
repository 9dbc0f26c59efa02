"""The whole way: a breach at the venue, and the partner's phone."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.simulator.child import SimulatorProcess

ALICE = 9120345
Start = Callable[..., Any]


def furnish(home: Path, heartbeat: str, **addresses: str) -> None:
    people = "".join(f"  {name}: {{}}\n" for name in addresses)
    (home / "notify.yaml").write_text(f"people:\n{people}heartbeat: 1s\n")
    for name, address in addresses.items():
        (home / "secrets" / f"{name}.notify").write_text(f"{address}\n")
        (home / "secrets" / f"{name}.notify").chmod(0o600)
    (home / "secrets" / "heartbeat.url").write_text(heartbeat)


def test_a_lock_is_told_within_seconds_while_another_channel_hangs_and_no_secret_is_written(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start, receiver: Start
) -> None:
    healthy, hanging = receiver(), receiver("hang")
    home = house.home(sim)
    furnish(home, healthy.url, partner=healthy.address, desk=hanging.address)
    guard = guard_in(home)
    guard.ready()
    eventually(lambda: "the guard is running" in healthy.titles(), 20.0, say=guard.log)

    sim.place(ALICE, "MNQ", "buy", 3)
    eventually(lambda: guard.account()["locks"], 10.0, say=guard.log)
    locked = time.monotonic()
    eventually(lambda: "alice is locked: max_two" in healthy.titles(), 10.0, say=guard.log)

    assert next(at for at, title, _ in healthy.heard if "locked" in title) - locked < 5.0
    [done] = guard.account()["enforcements"]
    assert done["flat_ms"] is not None
    eventually(lambda: len(healthy.visits) >= 2, 10.0)
    # Told one after the other: what came before this is written down as told. A death in between would tell it twice.
    eventually(lambda: "alice: max_two was enforced" in healthy.titles(), 10.0, say=guard.log)
    guard.kill()

    again = guard_in(home)
    again.ready()
    eventually(lambda: healthy.titles().count("the guard is running") == 2, 20.0, say=again.log)
    code, _ = again.stop()
    assert code == 143
    eventually(lambda: "the guard was stopped: nobody is guarding" in healthy.titles(), 5.0)
    assert healthy.titles().count("alice is locked: max_two") == 1
    written = [path for path in home.rglob("*") if path.is_file() and "secrets" not in path.parts]
    assert [path.name for path in written if b"CANARY-SECRET" in path.read_bytes()] == []


def test_a_mistake_in_the_file_is_an_alarm_and_the_guard_runs(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    (home / "notify.yaml").write_text("people:\n  partner:\n    levels: [locks]\n")
    guard = guard_in(home)
    guard.ready()

    assert "nobody is told of anything" in guard.alarms()["notify:settings"]


def test_a_person_without_an_address_is_an_alarm(house: Any, sim: SimulatorProcess, guard_in: Start) -> None:
    home = house.home(sim)
    (home / "notify.yaml").write_text("people:\n  partner: {}\n")
    guard = guard_in(home)
    guard.ready()

    assert "secrets/partner.notify holds no address" in guard.alarms()["notify:secrets/partner.notify"]
