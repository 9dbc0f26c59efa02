"""A store with rows of every kind, about a thousand of them, for the tests of its proof."""

import runpy
from pathlib import Path

from engine.enforcement import Enforcement, Progress, Reason
from engine.outcome import Outcome
from engine.state import State
from engine.units import DAY, HOUR, Duration, Instant
from service.store.ends import Ends
from service.store.kept_rules import KeptRules
from service.store.retention import forget_old
from service.store.rows import Stepped
from service.store.store import Store

WRITER = runpy.run_path(str(Path(__file__).with_name("store_writer.py")))
ACCOUNT_ID, fill, outcome = WRITER["ACCOUNT_ID"], WRITER["fill"], WRITER["outcome"]
STEPS = 170


def enforcement(number: int) -> Outcome:
    begun = Instant(number)
    record = Enforcement(f"E{number}", (Reason("r", "", "why"),), {"C": 0}, {"C": 3}, False, begun)
    done = Enforcement(
        record.id, record.reasons, {"C": 0}, {"C": 3}, False, begun, begun, begun, begun, Progress.PROVEN
    )
    return Outcome(enforcements={record.id: done if number % 2 else record})


def fill_up(path: Path) -> Ends:
    """Write a store with rows of every kind, about a thousand of them; return where it ends."""
    store = Store(path)
    for digest in ("d1", "d2"):
        store.keep_rules(
            KeptRules(digest, "starter", {"ruleset.yaml": "ruleset: x\n"}, {}, "ENFORCE"), Instant(1)
        )
        store.remember(f"rules:{ACCOUNT_ID}", digest)
    store.remember("last_seen", "1")
    store.note(Instant(1), "start", "{}")
    for number in range(1, STEPS + 1):
        store.step("main", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
        if number % 10 == 0:
            store.step("main", fill(number), [Stepped(ACCOUNT_ID, enforcement(number // 10))])
            store.step("main", fill(number), [Stepped(ACCOUNT_ID, Outcome(locks={f"L{number}": None}))])
        if number % 50 == 0:
            store.snapshot(State(ACCOUNT_ID, now=Instant(number), serial=number))
            forget_old(store.connection, Instant(10 * DAY), Duration(HOUR), [ACCOUNT_ID])
    ends = store.ends
    store.close()
    return ends
