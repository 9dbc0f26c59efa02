"""`ruleset.yaml` and `lists.yaml` become plain data with places."""

import pytest

from dsl.nodes import ListOf, Literal, TableOf
from dsl.problems import Problem, Source
from dsl.ruleset_document import RulesetDocument, read_lists, read_ruleset

RULESET = """\
ruleset: demo
dsl: 1
mode_ceiling: enforce
tz: America/Chicago
trading_day: 17:00
sessions:
  default: {days: [MON, TUE, WED, THU, FRI], hours: 08:30..15:00}
  CL:      {days: [MON, TUE, WED, THU, FRI], hours: 08:00..13:30}
calendar: cme
flat_by: 15:10
basis: net
trade_is: round_trip
breakeven_band: fees
mark: executable
fresh_for: 3s
confirm_jump: 20 ticks
stops: {max_distance: unlimited, allow_stop_limit: true, replace_grace: 2s, no_widening: warn}
"""


def read(text: str) -> tuple[RulesetDocument | None, list[Problem]]:
    problems: list[Problem] = []
    return read_ruleset(Source("rulesets/demo/ruleset.yaml", text), problems), problems


def test_a_ruleset_is_read_whole() -> None:
    document, problems = read(RULESET)

    assert problems == []
    assert document is not None
    assert document.version == 1
    assert document.trading_day is not None
    assert document.trading_day.value == 17 * 3_600_000_000
    assert list(document.sessions) == ["default", "CL"]
    assert document.calendar is not None
    assert document.calendar.text == "cme"
    assert document.settings.fresh_for is not None
    assert document.settings.fresh_for.value == 3_000_000
    assert document.settings.stops is not None
    assert isinstance(document.settings.stops.max_distance, Literal)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("dsl: 1", "dsl: 2", "E017", "2"),
        ("dsl: 1", "dsl: one", "E005", "one"),
        ("dsl: 1\n", "", "E004", "ruleset: demo"),
        ("ruleset: demo\n", "", "E004", "dsl: 1"),
        ("mode_ceiling: enforce", "mode_ceiling: full", "E005", "full"),
        ("calendar: cme", "calender: cme", "E002", "calender"),
        ("trading_day: 17:00", "trading_day: 5pm", "E208", "5pm"),
        ("trading_day: 17:00", "trading_day: 17", "E005", "17"),
        ("flat_by: 15:10", "flat_by: 25:10", "E208", "25:10"),
        ("fresh_for: 3s", "fresh_for: 3", "E005", "3"),
        ("confirm_jump: 20 ticks", "confirm_jump: $20", "E005", "$20"),
        ("breakeven_band: fees", "breakeven_band: 5 ticks", "E005", "5 ticks"),
        ("basis: net", "basis: both", "E005", "both"),
        ("no_widening: warn", "no_widening: yes", "E005", "yes"),
        ("replace_grace: 2s", "replace_grace: 2", "E005", "2"),
        ("allow_stop_limit: true", "allow_stop_limit: yes", "E208", "yes"),
        ("stops: {max_distance", "stops: {distance_max", "E002", "distance_max"),
        ("  CL: ", "  cl: ", "E016", "cl"),
        ("hours: 08:00..13:30", "hours: 08:00-13:30", "E208", "08:00-13:30"),
        ("hours: 08:00..13:30", "hour: 08:00..13:30", "E002", "hour"),
        ("[MON, TUE, WED, THU, FRI], hours: 08:00", "[MON, Tuesday], hours: 08:00", "E005", "Tuesday"),
    ],
)
def test_a_mistake_in_a_ruleset_is_marked_where_it_stands(old: str, new: str, code: str, place: str) -> None:
    assert old in RULESET
    _, problems = read(RULESET.replace(old, new))

    assert [(problem.code, problem.span.text) for problem in problems] == [(code, place)]
    assert problems[0].help


def test_shared_lists_are_lists_and_tables_by_name() -> None:
    problems: list[Problem] = []
    text = "equity_index: [ES, NQ]\nholidays: [2025-12-24, 2025-12-25]\nminis: {MES: 0.1, other: 1}\n"
    lists = read_lists(Source("lists.yaml", text), problems)

    assert problems == []
    assert isinstance(lists["holidays"].value, ListOf)
    assert isinstance(lists["minis"].value, TableOf)
    assert lists["equity_index"].name_span.place == (1, 1)
