"""What the log of acts adds to a report: breaches by rule, clock-ins, streaks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from cli.act_log import ActLine
from cli.moments import exchange_zone


@dataclass(frozen=True, slots=True)
class Attended:
    """When the trader was clocked in, and the streaks that follow from it."""

    rows: list[dict[str, Any]]
    streaks: dict[str, int]


def breaches(acts: Sequence[ActLine]) -> list[dict[str, Any]]:
    """Return how often each rule was breached, most often first."""
    counted = Counter(rule for act in acts if act.kind == "breach" for rule in act.rules)
    return [{"rule": rule, "times": times} for rule, times in counted.most_common()]


def attended(acts: Sequence[ActLine]) -> Attended:
    """Return the clock-ins with their clock-outs, and on how many dates one was there and one was without a breach."""
    rows: list[dict[str, Any]] = []
    for act in acts:
        if act.kind == "clock_in":
            rows.append({"in": act.at.astimezone(UTC).isoformat(timespec="seconds"), "out": None})
        elif act.kind == "clock_out" and rows and rows[-1]["out"] is None:
            rows[-1]["out"] = act.at.astimezone(UTC).isoformat(timespec="seconds")
    zone = exchange_zone()
    dates = {act.at.astimezone(zone).date() for act in acts if act.kind == "clock_in"}
    broken = {act.at.astimezone(zone).date() for act in acts if act.kind == "breach"}
    return Attended(rows, {"days_clocked_in": len(dates), "of_these_without_a_breach": len(dates - broken)})
