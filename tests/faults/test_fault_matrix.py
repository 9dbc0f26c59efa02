"""Each fault of the venue in each phase of an account, against the real daemon: right again, nothing doubled or lost.

Four accounts are in the four phases at the same time: `idle` (the trader buys one while the fault lasts), `open` (holds
one under a stop, buys one more), `in flight` (breaks its limit just as the fault begins), `locked` (enters anew). Waits
for the venue are a tenth of the usual, and it polls every two seconds also beside a live hub, since a lost event is found by the
next poll only: with the usual thirty seconds that takes as much longer.
"""

from collections.abc import Callable
from typing import Any

import pytest

PHASES = ("idle", "open", "in flight", "locked")
GROUPS = 6
"""Each group has a venue and a guard of its own. RISK_NIGHTLY=1 runs every fault, else the quick half of them."""


@pytest.mark.parametrize("group", range(GROUPS))
def test_after_each_fault_in_each_phase_everything_is_right_again(
    group: int,
    desk_with: Callable[[int], Any],
    weather: dict[str, Any],
    matrix_of: Any,
    is_nightly: bool,
    record_property: Callable[[str, str], None],
) -> None:
    names = [name for name, (_, is_quick) in weather.items() if is_nightly or is_quick][group::GROUPS]
    chosen = {name: weather[name][0] for name in names}
    matrix = matrix_of(desk_with(3 + len(chosen)), chosen)
    rows = [matrix.run(name) for name in chosen]
    head = f"{'fault':<34} " + "  ".join(f"{phase:<8}" for phase in PHASES)
    title = "table:seconds until right again after the fault, and close requests"
    record_property(title, "\n".join([head, *rows] if group == 0 else rows))
