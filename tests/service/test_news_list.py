"""The admin's list of releases: what is wrong with it is said, what it says reaches rules, its end is unknown."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml

from dsl.news_file import news_warning, read_news
from dsl.pipeline import load_ruleset
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.wall_time import instant_of
from engine.facts import Facts, View
from engine.rule import RuleSet
from engine.state import State
from engine.subject import THE_ACCOUNT
from engine.units import DAY, MINUTE, Instant
from service import rules_source
from service.doctor.home import steps
from service.home import Home
from service.settings_read import read_home

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "service" / "examples" / "news.yaml").read_text(encoding="utf-8")
JOBS = instant_of(datetime(2026, 12, 4, 8, 30, tzinfo=ZoneInfo("America/New_York")))
END = instant_of(datetime(2027, 1, 1, tzinfo=ZoneInfo("America/New_York")))
RULE = """rule: quiet
title: t
mode: enforce
scope: account
when: near(news.high_impact, 5m, 10m)
then:
  - cancel_orders: account
"""


def near(rules: RuleSet, now: Instant) -> bool | None:
    """Return what the rule's condition says at an instant."""
    return rules.rules[0].tiers[0].when(facts(rules, now))


def facts(rules: RuleSet, now: Instant) -> Facts:
    return Facts(View(State(1, now=now), rules.settings, THE_ACCOUNT, "quiet"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home whose only account enforces a rule that reads the news; there is no list yet."""
    (tmp_path / "accounts").mkdir()
    examples = ROOT / "service" / "examples"
    (tmp_path / "settings.yaml").write_text((examples / "settings.yaml").read_text(encoding="utf-8"))
    (tmp_path / "accounts" / "alice.yaml").write_text("id: 12\nlogin: main\nmode: enforce\nruleset: r\n")
    folder = tmp_path / "rulesets" / "r"
    folder.mkdir(parents=True)
    (folder / "ruleset.yaml").write_text("ruleset: r\ndsl: 1\n")
    (folder / "quiet.yaml").write_text(RULE)
    return Home(tmp_path)


def armed(home: Home) -> tuple[rules_source.Armed | None, list[Problem]]:
    settings = read_home(home).settings
    assert settings is not None
    return rules_source.load(home, settings.accounts[0])


def test_a_rule_that_reads_news_cannot_be_armed_without_a_list(home: Home) -> None:
    rules, problems = armed(home)

    assert rules is None
    assert [problem.code for problem in problems] == ["S006"]


def test_the_list_reaches_the_rules_and_is_unknown_after_its_end(home: Home) -> None:
    home.news.write_text(EXAMPLE, encoding="utf-8")

    found, _ = armed(home)

    assert found is not None
    rules = found.rules
    moments = [JOBS - 5 * MINUTE - 1, JOBS - 5 * MINUTE, JOBS + 10 * MINUTE - 1, JOBS + 10 * MINUTE]
    assert [near(rules, Instant(moment)) for moment in moments] == [False, True, True, False]
    assert near(rules, Instant(END - 5 * MINUTE - 1)) is False
    assert near(rules, Instant(END - 5 * MINUTE)) is None
    assert rules.rules[0].wake(facts(rules, Instant(END - DAY))) == END - 5 * MINUTE
    assert "news.yaml" in found.kept.files


def test_rules_that_were_kept_know_the_news_of_that_day(home: Home, tmp_path: Path) -> None:
    folder = home.rulesets / "r"
    (folder / "news.yaml").write_text(EXAMPLE, encoding="utf-8")

    loaded = load_ruleset(folder)

    assert loaded.ruleset is not None
    assert near(loaded.ruleset, JOBS) is True


def test_the_end_of_the_list_is_told_a_week_ahead(home: Home) -> None:
    home.news.write_text(EXAMPLE, encoding="utf-8")
    found, _ = armed(home)
    assert found is not None
    settings = found.rules.settings

    assert news_warning(settings, Instant(END - 7 * DAY - 1)) is None
    assert "ends within a week" in str(news_warning(settings, Instant(END - 7 * DAY)))
    assert "has ended" in str(news_warning(settings, END))


def test_the_doctor_names_a_list_that_cannot_be_read(home: Home) -> None:
    home.news.write_text(EXAMPLE.replace("08:30", "8.30", 1), encoding="utf-8")
    settings = read_home(home).settings
    assert settings is not None

    found = [step for step in steps(home, settings) if step.name == "news"]

    assert "is not when a release comes" in found[0].text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_through: 2026-12-31", "", "`valid_through:` is missing"),
        ("valid_through: 2026-12-31", "valid_through: 2026-12-05", "this release is after `valid_through`"),
        ("tz: America/New_York ", "tz: New_York ", "there is no time zone called `New_York`"),
        ("source: the", "sauce: the", "did you mean `source`?"),
        ("source: the", "# the", "`source:` is missing"),
        ("at: 2026-12-04 08:30", "at: 2026-12-34 08:30", "is not when a release comes"),
        (", title: Employment report", "", "`title:` is missing"),
        ("\nnews:\n", "\nnews: none\nnewz:\n", "no setting called `newz`"),
        (
            "  - {at: 2026-12-04 08:30, title: Employment report}",
            "  - soon",
            "a release is a row of settings",
        ),
    ],
)
def test_what_is_wrong_with_the_list_is_said_where_it_stands(old: str, new: str, said: str) -> None:
    assert old in EXAMPLE
    problems: list[Problem] = []

    known = read_news(Source("news.yaml", EXAMPLE.replace(old, new, 1)), problems)

    assert known is None
    assert said in render_text(problems)


def test_the_schema_takes_the_example_and_refuses_what_the_checker_refuses() -> None:
    schema = json.loads((ROOT / "schemas" / "news.schema.json").read_text(encoding="utf-8"))
    written = yaml.load(EXAMPLE, Loader=yaml.BaseLoader)  # noqa: S506  texts only, as the language reads it

    jsonschema.validate(written, schema)

    for broken in (
        {**written, "more": "1"},
        {**written, "news": [{"at": "soon", "title": "t"}]},
        {"news": []},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)
