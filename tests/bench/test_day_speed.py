"""How much faster than real time a whole day of the rehearsal passes: `poe bench`."""

import time
from dataclasses import replace
from typing import Any

from service.rehearsal.plan import draw
from service.rehearsal.run import run_plan

DAY = 86_400
LEAST = 2_000
"""Times real time (issue of the simulation): a day in 43 s."""


def test_a_day_with_a_quote_a_second_and_an_act_of_the_trader_a_minute(benchmark: Any) -> None:
    drawn = draw(5)
    quiet = dict.fromkeys(drawn.faults, 0.0)
    plan = replace(drawn, length=DAY, pace=60.0, faults=quiet, is_housed=False, admin=0.0, reload=0.0)
    begun = time.process_time()

    report = benchmark.pedantic(run_plan, args=(plan,), rounds=1)

    times = report.seconds / (time.process_time() - begun)
    benchmark.extra_info["times real time"] = round(times)
    assert report.broken == ""
    assert times >= LEAST
