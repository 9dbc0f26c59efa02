"""The admin's exceptions file: what it adds, and what is said about mistakes in it."""

from datetime import date

import pytest

from dsl.market_days import DayException
from dsl.market_days_data import CLOSED, time_of_day
from dsl.market_days_exceptions import read_exceptions
from dsl.problems import Problem, Source

GOOD = """\
calendar: cme
exceptions:
  - {date: 2027-03-26, closes: 10:15, group: fx, by: maria, reason: exchange notice}
  - date: 2027-12-31
    closes: closed
    by: maria
    reason: we do not trade that day
  - {date: 2027-07-05, closes: regular, group: metals, by: maria, reason: notice}
"""


def read(text: str) -> tuple[tuple[DayException, ...], list[Problem]]:
    problems: list[Problem] = []
    return read_exceptions(Source("calendar.yaml", text), problems), problems


def test_times_closed_days_and_regular_days_are_read() -> None:
    rows, problems = read(GOOD)

    assert not problems
    assert rows == (
        DayException(date(2027, 3, 26), time_of_day("10:15"), "fx"),
        DayException(date(2027, 12, 31), CLOSED, ""),
        DayException(date(2027, 7, 5), None, "metals"),
    )


@pytest.mark.parametrize(
    ("old", "new", "message", "place"),
    [
        ("2027-12-31", "2027-02-30", "the calendar has no `2027-02-30`", (4, 11)),
        ("closes: closed", "closes: shut", "`shut` is not when a day closes", (5, 13)),
        ("group: fx", "group: forex", "there is no group called `forex`", (3, 46)),
        ("    by: maria\n", "", "`by:` is missing", (4, 5)),
        ("closes: closed", "close: closed", "there is no setting called `close` here", (5, 5)),
        ("calendar: cme", "calendar: nyse", "there is no calendar called `nyse`; there is: cme", (1, 11)),
        ("calendar: cme\n", "", "`calendar:` is missing", (1, 1)),
    ],
)
def test_a_mistake_is_shown_where_it_stands(old: str, new: str, message: str, place: tuple[int, int]) -> None:
    _, problems = read(GOOD.replace(old, new))

    assert (problems[0].message, problems[0].span.place) == (message, place)


@pytest.mark.parametrize(
    "text", ["- a\n", "calendar: cme\n", "calendar: cme\nexceptions: none\n", "exceptions: [x]\n"]
)
def test_a_file_of_another_shape_is_refused_and_nothing_is_taken_from_it(text: str) -> None:
    rows, problems = read(text)

    assert not rows
    assert problems
