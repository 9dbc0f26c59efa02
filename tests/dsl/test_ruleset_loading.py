"""A folder becomes a ruleset, all of it or nothing, with an account's own values checked like the written ones."""

from pathlib import Path

import pytest

from dsl.pipeline import load_ruleset, validate
from engine.facts import Facts
from engine.facts.view import View
from engine.rule import Mode, Rule
from engine.state import State
from engine.subject import THE_ACCOUNT, Subject, SubjectKind
from engine.units import SCALE, Instant

RULESET = "ruleset: demo\ndsl: 1\nmode_ceiling: warn\n"
LIMIT = """rule: limit
title: Limit
mode: enforce
scope: symbol
params:
  most: {value: 5 contracts, min: 1 contract, max: 10 contracts}
  blocked: [CL]
when: symbol.quantity > most or symbol in blocked
then:
  - reduce_to: most
"""
LOSS = """rule: loss
title: Loss
mode: enforce
scope: account
when: day.realized_loss >= $500
then:
  - flatten: account
  - lock: account
    until: reset
reset: trading_day
"""
MONDAY = Instant(1_741_600_800_000_000)
"""2025-03-10 10:00 UTC, 05:00 in Chicago."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("ruleset", RULESET), ("limit", LIMIT), ("loss", LOSS)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def rule_of(folder: Path, name: str, **overrides: str) -> Rule:
    loaded = load_ruleset(folder, overrides={key.replace("__", "."): text for key, text in overrides.items()})
    assert loaded.ruleset is not None, loaded.problems
    return next(rule for rule in loaded.ruleset.rules if rule.name == name)


def facts(rule: Rule, folder: Path, symbol: str, now: Instant = MONDAY) -> Facts:
    settings = load_ruleset(folder).ruleset
    assert settings is not None
    subject = Subject(SubjectKind.SYMBOL, symbol) if symbol else THE_ACCOUNT
    return Facts(View(State(account=1, now=now, synced_at=now), settings.settings, subject, rule.name))


def codes(folder: Path, **overrides: str) -> list[tuple[str, str]]:
    named = {key.replace("__", "."): text for key, text in overrides.items()}
    return [
        (problem.code, problem.span.source.path) for problem in load_ruleset(folder, overrides=named).problems
    ]


def test_the_ceiling_and_every_rule_of_the_folder_are_loaded(folder: Path) -> None:
    loaded = load_ruleset(folder)

    assert loaded.problems == []
    assert loaded.ruleset is not None
    assert (loaded.ruleset.name, loaded.ruleset.ceiling, loaded.files) == ("demo", Mode.WARN, 3)
    assert [rule.name for rule in loaded.ruleset.rules] == ["limit", "loss"]


def test_one_broken_rule_keeps_the_whole_ruleset_from_loading(folder: Path) -> None:
    (folder / "loss.yaml").write_text(LOSS.replace("$500", "500"), encoding="utf-8")

    loaded = load_ruleset(folder)

    assert loaded.ruleset is None
    assert [problem.code for problem in loaded.problems] == ["E201"]


def test_the_digest_names_the_files_and_what_the_account_changed(folder: Path) -> None:
    plain, changed = load_ruleset(folder), load_ruleset(folder, overrides={"limit.most": "2 contracts"})
    again = load_ruleset(folder)
    (folder / "loss.yaml").write_text(LOSS + "# a comment\n", encoding="utf-8")

    assert plain.digest == again.digest
    assert len({plain.digest, changed.digest, load_ruleset(folder).digest}) == 3


def test_an_account_may_set_a_parameter_within_its_bounds(folder: Path) -> None:
    rule = rule_of(folder, "limit", limit__most="2 contracts")

    (action,) = rule.tiers[0].then(facts(rule, folder, "ES"))

    assert getattr(action, "limit", None) == 2 * SCALE


def test_an_account_may_set_a_list(folder: Path) -> None:
    rule = rule_of(folder, "limit", limit__blocked="[ES, NQ]")

    assert rule.tiers[0].when(facts(rule, folder, "ES")) is True
    assert rule.tiers[0].when(facts(rule, folder, "CL")) is False


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("limit__most", "11 contracts", "E207"),
        ("limit__most", "$5", "E201"),
        ("limit__most", "5", "E201"),
        ("limit__least", "5 contracts", "E315"),
        ("limits__most", "5 contracts", "E315"),
        ("loss__reset", "0 17 31 2 *", "E504"),
        ("limit__blocked", "[$5]", "E201"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_load(folder: Path, key: str, value: str, code: str) -> None:
    assert codes(folder, **{key: value}) == [(code, f"set: {key.replace('__', '.')}")]


def test_an_account_may_set_its_own_reset(folder: Path) -> None:
    rule = rule_of(folder, "loss", loss__reset="0 0 * * *")

    assert rule.reset is not None
    assert rule.reset.next_after(MONDAY) == MONDAY + 19 * 3_600_000_000


def test_a_symbol_that_the_broker_does_not_list_fails_at_load_when_asked(folder: Path) -> None:
    assert load_ruleset(folder, known_roots=["CL", "ES"]).problems == []
    assert [problem.code for problem in load_ruleset(folder, known_roots=["ES"]).problems] == ["E316"]


def test_a_shared_list_of_months_is_no_list_of_symbols(folder: Path) -> None:
    (folder / "lists.yaml").write_text("roll: [ESZ6, CL]\n", encoding="utf-8")
    (folder / "limit.yaml").write_text(LIMIT.replace("in blocked", "in blocked or symbol in lists.roll"))

    assert [(problem.code, problem.span.text) for problem in load_ruleset(folder).problems] == [
        ("E317", "lists.roll")
    ]


def test_an_exception_holds_for_its_symbol_until_its_day(folder: Path) -> None:
    exception = "exceptions:\n  - {symbols: [CL], until: 2025-03-11, by: maria}\n"
    (folder / "limit.yaml").write_text(LIMIT + exception, encoding="utf-8")
    rule = rule_of(folder, "limit")

    before, after = facts(rule, folder, "CL"), facts(rule, folder, "CL", Instant(MONDAY + 19 * 3_600_000_000))

    assert rule.tiers[0].when(before) is False
    assert rule.wake(before) == MONDAY + 19 * 3_600_000_000
    assert rule.tiers[0].when(after) is True


def test_a_rule_ends_at_midnight_in_the_zone_of_its_ruleset(folder: Path) -> None:
    (folder / "loss.yaml").write_text(LOSS + "expires: 2025-03-11\n", encoding="utf-8")

    assert rule_of(folder, "loss").expires == MONDAY + 19 * 3_600_000_000


def test_a_folder_is_checked_whole_and_misses_tests(folder: Path) -> None:
    (folder / "tests").mkdir()
    (folder / "tests" / "loss.test.yaml").write_text("test: loss\n", encoding="utf-8")

    tests = [problem for problem in validate(folder) if problem.code == "W405"]
    assert [Path(problem.span.source.path).name for problem in tests] == ["limit.yaml"]
    assert validate(folder / "limit.yaml") == []


def test_nothing_to_load_is_said(tmp_path: Path) -> None:
    assert [problem.code for problem in validate(tmp_path / "nowhere")] == ["E001"]
    assert "E001" in [problem.code for problem in validate(tmp_path)]
