"""Readings have a budget: a few at once, thirty a minute at most, whatever the venue leaves open."""

from typing import Any

from engine.commands import TakeSnapshot
from engine.reading_budget import BURST
from engine.units import MINUTE, SECOND

MOST = 30
"""In any minute."""


def nothing(lab: Any) -> Any:
    return lab.rule("none", lambda facts: False, lambda facts: ())


def doubting(lab: Any) -> Any:
    desk = lab.start(nothing(lab))
    desk.wait(120)
    return desk


def asks(desk: Any) -> int:
    return sum(isinstance(command, TakeSnapshot) for command in desk.commands)


def doubt(desk: Any, later: float = 0) -> None:
    """Let something be in doubt that only a reading clears up, a while later; answer what is asked then."""
    before = asks(desk)
    desk.state = desk.state.but(looks=(desk.now,), synced_at=None)
    desk.wait(later)
    if asks(desk) > before:
        desk.sync()


def test_however_often_something_is_in_doubt_no_minute_has_more_readings_than_thirty(lab: Any) -> None:
    desk = doubting(lab)
    times = []
    for _ in range(10 * 300):
        before = asks(desk)
        doubt(desk, 0.1)
        times += [desk.now] * (asks(desk) - before)

    assert len(times) >= 5 * 20
    assert times[BURST - 1] - times[0] < 2 * SECOND
    most = max(sum(start <= time < start + MINUTE for time in times) for start in times)
    assert 20 < most <= MOST


def test_a_reading_that_has_to_wait_is_taken_as_soon_as_it_may_be(lab: Any) -> None:
    desk = doubting(lab)
    for _ in range(BURST):
        doubt(desk)
    assert asks(desk) == BURST

    desk.state = desk.state.but(looks=(desk.now,), synced_at=None)
    outcome = desk.wait(0)
    assert asks(desk) == BURST
    assert outcome.deadline == desk.now + 3 * SECOND
    desk.wait(2.9)
    assert asks(desk) == BURST
    desk.wait(0.1)
    assert asks(desk) == BURST + 1


def test_half_a_minute_without_a_reading_gives_all_of_them_back(lab: Any) -> None:
    desk = doubting(lab)
    for _ in range(BURST):
        doubt(desk)
    desk.wait(30)
    for _ in range(BURST + 5):
        doubt(desk)
    assert asks(desk) == 2 * BURST
