"""When an account begins to be guarded: at its first event, on trusted time."""

import runpy
from pathlib import Path
from typing import Any

from engine.rule import RuleSet

BENCH = runpy.run_path(str(Path(__file__).with_name("loop_bench.py")))
Bench, START = BENCH["Bench"], BENCH["START"]


def test_windows_since_the_start_begin_with_the_first_event_whatever_the_host_said(
    tmp_path: Path, rules: RuleSet
) -> None:
    bench: Any = Bench(tmp_path, rules)

    bench.begin()
    bench.hold(1, 1)

    assert START < bench.accounts[1].state.started_at < bench.accounts[1].state.now
    bench.upkeep.snapshot(bench.clock.now())
    assert bench.recovered().state.started_at == bench.accounts[1].state.started_at
