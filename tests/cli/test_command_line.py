"""The command line as a whole: help, versions, mistakes, and one line instead of a traceback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import shared_first
from cli.commands import ADMIN, COMMANDS
from cli.exit_codes import MEANINGS, ExitCode
from cli.short_way import status_request

Risk = Callable[..., Any]
ALL = [[name] for name in COMMANDS] + [["admin", name] for name in ADMIN]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_has_a_purpose_two_examples_and_the_exit_codes(
    risk: Risk, words: list[str], option: str
) -> None:
    ended = risk(*words, option)

    assert ended.code == 0
    assert ended.err == ""
    head, _, rest = ended.out.partition("Examples:")
    examples, _, codes = rest.partition("Exit codes:")
    assert len(head.split("\n\n")[1].split()) > 4
    assert [line.strip().startswith("risk " + words[0]) for line in examples.strip().splitlines()] == [
        True
    ] * 2
    assert "0   done" in codes


def test_every_exit_code_has_a_meaning(risk: Risk) -> None:
    assert set(MEANINGS) == set(ExitCode)
    assert [int(line.split()[0]) for line in risk("help", "exit-codes").out.splitlines()] == list(ExitCode)


def test_without_a_command_the_help_is_shown(risk: Risk) -> None:
    ended = risk()

    assert ended.code == 2
    assert "risk demo" in ended.out + ended.err


@pytest.mark.parametrize(("typed", "meant"), [("statsu", "status"), ("validat", "validate"), ("lgo", "log")])
def test_a_slip_in_a_command_is_recognised(risk: Risk, typed: str, meant: str) -> None:
    ended = risk(typed)

    assert ended.code == 2
    assert meant in ended.err


def test_the_version_is_the_same_everywhere(risk: Risk) -> None:
    shown = {risk("-V").out.split()[1], risk("--version").out.split()[1], risk("version").out.split()[1]}

    assert len(shown) == 1


def test_version_json_has_schemas_calendar_and_digests(risk: Risk) -> None:
    document = json.loads(risk("version", "--json").out)

    assert document["schema"] == "risk.version/1"
    assert document["calendar_valid_through"] >= "2027"
    assert "risk.status/1" in document["schemas"]
    assert set(document["rulesets"]) == {"starter"} | set(document["rulesets"])
    assert all(document["rulesets"].values())


def test_paths_follow_the_home(risk: Risk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISK_HOME", str(tmp_path))

    document = json.loads(risk("paths", "--json").out)

    assert document["home"] == str(tmp_path)
    assert document["status"] == str(tmp_path / "status" / "status.json")
    assert str(tmp_path / "settings.yaml") in risk("paths").out


def test_an_unexpected_error_is_one_line_and_debug_shows_the_rest(
    risk: Risk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("what\x1b[2J nobody thought of")

    monkeypatch.setattr("cli.show_status.find_home", broken)
    plain, debug = risk("status"), risk("status", "--debug")

    assert plain.code == debug.code == 2
    assert plain.err.startswith("risk: this is a mistake in risk itself: KeyError")
    assert "\x1b" not in plain.err
    assert "Traceback" not in plain.err
    assert "Traceback" in debug.err


def test_an_interrupt_is_said_by_the_exit_code_alone(risk: Risk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.show_status.find_home", interrupted)

    assert risk("status").code == ExitCode.INTERRUPTED
    assert risk("status", "--home=.").code == ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["status", "--color", "never"], ["--color", "never", "status"]),
        (["log", "--debug", "--rule", "x"], ["--debug", "log", "--rule", "x"]),
        (["log", "--color=always"], ["--color=always", "log"]),
        (["validate", "--", "--color"], ["validate", "--", "--color"]),
        (["status", "--color"], ["--color", "status"]),
    ],
)
def test_shared_options_may_stand_anywhere(typed: list[str], read: list[str]) -> None:
    assert shared_first(typed) == read


@pytest.mark.parametrize(
    "arguments",
    [
        ["log"], ["status", "--help"], ["status", "x"], ["status", "--account"], ["status", "--color", "red"],
        ["validate", "status"], ["--version", "status"], ["status", "status"], ["status", "--home", "--json"],
    ],
)  # fmt: skip
def test_what_is_no_plain_status_goes_to_the_library(arguments: list[str]) -> None:
    assert status_request(arguments) is None


@pytest.mark.parametrize("scope", ["account", "symbol", "position", "trade"])
def test_fields_are_listed_by_scope(risk: Risk, scope: str) -> None:
    fields = json.loads(risk("fields", "--scope", scope, "--json").out)["fields"]

    assert all(scope in row["scopes"] for row in fields)
    assert any(row["field"].startswith("account.") for row in fields)


def test_functions_are_listed_with_what_they_take(risk: Risk) -> None:
    assert "loss(result: money) -> money" in risk("functions").out
    listed = json.loads(risk("functions", "--json").out)["functions"]
    assert any(row["function"].startswith("count(") for row in listed)


def test_an_unknown_subject_of_help_says_which_there_are(risk: Risk) -> None:
    ended = risk("help", "E999")

    assert ended.code == 2
    assert "exit-codes" in ended.err
