"""A rule file becomes a document in which every setting has its value and its place."""

import pytest

from dsl.nodes import Bad, Compare, ListOf, Literal, Name, ScheduleOf, TableOf
from dsl.problems import Problem, Source
from dsl.rule_document import RuleDocument, read_rule
from dsl.yaml_nodes import Scalar

WHOLE = """\
rule: whole
title: Everything at once
why: Because it can be written.
mode: shadow
severity: high
scope: account
params:
  limit: {value: $500, min: $100, max: "$2,000", help: Ask the desk.}
  blocked: [RTY, 6E]
  limits:
    MNQ: 2 contracts
    other: unlimited
  hours:
    tz: America/Chicago
    days: [MON, FRI]
    hours: [08:30..11:00, 12:00..15:00]
    closed_on: [2025-12-24]
    lead: 2m
  per_symbol:
    ES: {days: [MON], hours: 08:30..15:00, closed_on: lists.holidays}
let:
  lost: >
    loss(sum(pnl of fills since reset))
when: lost >= limit
for: 30s
clear_when: lost < limit
clear_for: 5s
if_unknown: no_increase
reset: {cron: 0 17 * * *, tz: America/Chicago}
since: session
expires: 2026-10-01
gauge: {value: lost, limit: limit, label: lost today}
message: >
  You lost {lost}.
  The limit is {limit}.
warn:
  when: lost >= limit * 80%
  message: Careful.
then:
  - flatten: account
  - lock: account
    until: reset
  - notify: [trader, admin]
exceptions:
  - {symbols: [CL], until: 2025-04-01, by: maria, reason: hedge book}
tags: [loss, day]
owner: maria
basis: gross
breakeven_band: $5
fresh_for: 5s
stops: {max_distance: limit * 25%, no_widening: ignore}
"""


def read(text: str, name: str = "whole") -> RuleDocument:
    problems: list[Problem] = []
    document = read_rule(Source(f"rulesets/demo/{name}.yaml", text), problems)
    assert problems == []
    assert document is not None
    return document


def test_plain_settings_are_texts_with_places() -> None:
    document = read(WHOLE)

    texts = [document.rule, document.title, document.mode, document.scope, document.severity, document.owner]
    assert [text.text for text in texts if text] == [
        "whole", "Everything at once", "shadow", "account", "high", "maria",
    ]  # fmt: skip
    assert document.mode is not None
    assert document.mode.span.place == (4, 7)
    assert document.keys["mode"].place == (4, 1)
    assert [tag.text for tag in document.tags] == ["loss", "day"]


def test_parameters_are_literals_lists_tables_and_schedules() -> None:
    params = read(WHOLE).params
    limit, blocked, limits, hours = (params[name] for name in ("limit", "blocked", "limits", "hours"))

    values = [limit.value, limit.low, limit.high]
    assert [value.value for value in values if isinstance(value, Literal)] == [
        500_000_000,
        100_000_000,
        2_000_000_000,
    ]
    assert limit.help == "Ask the desk."
    assert isinstance(blocked.value, ListOf)
    assert isinstance(limits.value, TableOf)
    assert [row.key for row in limits.value.rows] == ["MNQ", "other"]
    assert isinstance(hours.value, ScheduleOf)
    assert [day.value for day in hours.value.days] == ["MON", "FRI"]
    assert len(hours.value.hours) == 2
    assert hours.value.tz is not None
    assert hours.value.lead is not None
    assert hours.value.lead.value == 120_000_000


def test_a_row_of_a_table_may_be_a_schedule_closed_on_a_shared_list() -> None:
    table = read(WHOLE).params["per_symbol"].value

    assert isinstance(table, TableOf)
    row = table.rows[0].value
    assert isinstance(row, ScheduleOf)
    assert isinstance(row.closed_on, Name)
    assert row.closed_on.text == "lists.holidays"


def test_expressions_are_parsed() -> None:
    document = read(WHOLE)

    assert isinstance(document.when, Compare)
    assert document.when.span.text == "lost >= limit"
    assert document.let["lost"].value.span.text == "loss(sum(pnl of fills since reset))"
    assert isinstance(document.for_, Literal)
    assert document.gauge is not None
    assert document.gauge.label is not None
    assert document.warn is not None
    assert isinstance(document.warn.message, Scalar)
    assert document.message is not None
    assert document.message.text == "You lost {lost}. The limit is {limit}.\n"
    assert document.message.span.text.startswith("You lost")


def test_actions_keep_their_options_with_places() -> None:
    flatten, lock, notify = read(WHOLE).then

    assert (flatten.name, lock.name, notify.name) == ("flatten", "lock", "notify")
    assert flatten.options == {}
    assert lock.options["until"].name_span.start == WHOLE.index("until: reset")
    assert isinstance(lock.value, Scalar)
    assert lock.value.text == "account"


def test_reset_expires_exceptions_and_settings_are_read() -> None:
    document = read(WHOLE)

    assert document.reset is not None
    assert document.reset.cron is not None
    assert document.reset.cron.text == "0 17 * * *"
    assert document.expires is not None
    assert document.expires.value == "2026-10-01"
    exception = document.exceptions[0]
    assert ([symbol.value for symbol in exception.symbols], exception.until.value) == (["CL"], "2025-04-01")
    settings = document.settings
    assert settings.basis is not None
    assert settings.basis.text == "gross"
    assert isinstance(settings.breakeven_band, Literal)
    assert settings.stops is not None
    assert settings.mark is None


@pytest.mark.parametrize(
    ("written", "cron"),
    [("trading_day", None), ("0 17 * * *", "0 17 * * *"), ("{cron: 5 0 * * 1}", "5 0 * * 1")],
)
def test_a_reset_is_the_trading_day_or_a_cron_text(written: str, cron: str | None) -> None:
    text = "rule: a\ntitle: t\nmode: off\nscope: account\nwhen: a\nthen:\n- flatten: account\n"
    document = read(f"{text}reset: {written}\n", "a")

    assert document.reset is not None
    assert (document.reset.cron.text if document.reset.cron else None) == cron


def test_what_cannot_be_read_is_bad_and_said_once() -> None:
    problems: list[Problem] = []
    text = "rule: a\ntitle: t\nmode: off\nscope: account\nlet: {x: a && b}\nwhen: [1]\nthen:\n- flatten: account\n"
    document = read_rule(Source("a.yaml", text), problems)

    assert sorted(problem.code for problem in problems) == ["E007", "E102"]
    assert document is not None
    assert isinstance(document.when, Bad)
    assert isinstance(document.let["x"].value, Bad)
