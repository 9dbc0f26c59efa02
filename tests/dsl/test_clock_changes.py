"""A reset in the hour that a change of the clocks skips or repeats is named with its dates."""

from datetime import datetime

import pytest

from dsl.check_clock_changes import clock_changes
from dsl.pipeline import compile_rule
from dsl.problems import Source
from dsl.ruleset_build import default_info

CHICAGO, LONDON = "America/Chicago", "Europe/London"


def warnings(cron: str, tz: str) -> list[str]:
    text = "rule: x\ntitle: t\nmode: enforce\nscope: account\nwhen: account.can_trade\nthen:\n  - notify: trader\n"
    text += f"reset:\n  cron: {cron}\n  tz: {tz}\n"
    return [problem.message for problem in compile_rule(Source("x.yaml", text), default_info(), {})[1]]


@pytest.mark.parametrize(
    "cron", ["0 17 * * *", "0 0 * * *", "59 1 * * 1-5", "0 3 * * *", "0 * * * *", "0,30 * * * *"]
)
def test_a_time_that_every_day_has_once_is_fine(cron: str) -> None:
    assert warnings(cron, CHICAGO) == []


def test_a_time_in_the_spring_gap_is_named() -> None:
    assert warnings("30 2 * * *", CHICAGO) == [
        "`30 2 * * *` does not exist on 2026-03-08 and 2027-03-14: it then happens when the clocks jump"
    ]


def test_a_time_in_the_repeated_autumn_hour_is_named() -> None:
    assert warnings("30 1 * * 0", CHICAGO) == [
        "`30 1 * * 0` comes twice on 2026-11-01 and 2027-11-07: only the first one counts"
    ]


def test_the_changes_of_a_zone_are_found_to_the_minute() -> None:
    first, second, *_ = clock_changes(LONDON)

    assert first == (datetime(2026, 3, 29, 1), datetime(2026, 3, 29, 2), True)  # noqa: DTZ001
    assert second == (datetime(2026, 10, 25, 1), datetime(2026, 10, 25, 2), False)  # noqa: DTZ001


def test_a_zone_without_changes_has_none() -> None:
    assert clock_changes("UTC") == ()
