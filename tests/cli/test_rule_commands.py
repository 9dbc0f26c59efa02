"""`risk validate`, `risk test` and `risk explain`: what people and CI get, and the exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Risk = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = str(ROOT / "rulesets")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Copy the starter pack, to break it."""
    return Path(shutil.copytree(ROOT / "rulesets" / "starter", tmp_path / "starter"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_shipped_rules_have_no_finding(risk: Risk) -> None:
    ended = risk("validate", SHIPPED, "--strict")

    assert (ended.code, ended.out) == (0, "")
    assert "no problem found" in ended.err


def test_every_problem_of_every_file_is_reported_in_one_run(risk: Risk, pack: Path) -> None:
    edit(pack / "max_contracts.yaml", "limit: 5 contracts", "limit: 5 contracts\n  spare: $5")
    edit(pack / "daily_realized_loss.yaml", "limit: $500", "limit: 500")
    edit(pack / "session_block_outside.yaml", "when: outside", "when: outsid")

    ended = risk("validate", str(pack))

    assert ended.code == 1
    for code in ("E201", "E303", "W401"):
        assert f"[{code}]" in ended.out
    assert f" --> {pack}/daily_realized_loss.yaml:10:10" in ended.out
    assert "help: give `limit` a unit, for example `limit: $500`" in ended.out
    assert "errors, 1 warning" in ended.err


def test_warnings_are_findings_only_when_strict(risk: Risk, pack: Path) -> None:
    (pack / "tests" / "max_contracts.test.yaml").unlink()

    assert risk("validate", str(pack)).code == 0
    assert risk("validate", str(pack), "--strict").code == 1


def test_json_and_github_carry_the_same_findings(risk: Risk, pack: Path) -> None:
    edit(pack / "daily_realized_loss.yaml", "limit: $500", "limit: 500")

    found = json.loads(risk("validate", str(pack), "--format", "json").out)
    annotations = risk("validate", str(pack), "--format", "github").out.splitlines()

    assert len(found) == len(annotations) > 0
    assert all(line.startswith("::error ") for line in annotations)
    assert found[0]["code"] == "E201"


def test_json_without_findings_is_an_empty_list(risk: Risk) -> None:
    assert json.loads(risk("validate", SHIPPED, "--format", "json").out) == []


@pytest.mark.parametrize("command", [["validate"], ["test"], ["explain", "--compiled"], ["describe"]])
def test_a_path_that_does_not_exist_is_a_usage_error(risk: Risk, command: list[str]) -> None:
    ended = risk(*command, "no/such/place")

    assert ended.code == 2
    assert "there is no file or folder `no/such/place`" in ended.err


def test_findings_are_colored_for_a_terminal_and_the_text_stays_the_same(risk: Risk, pack: Path) -> None:
    edit(pack / "daily_realized_loss.yaml", "limit: $500", "limit: 500")
    path = str(pack / "daily_realized_loss.yaml")

    bare, painted = risk("validate", path), risk("validate", path, "--color", "always")

    assert "\x1b" not in bare.out
    assert "\x1b[1;31merror[E201]" in painted.out


def test_the_shipped_rule_tests_pass(risk: Risk) -> None:
    ended = risk("test", SHIPPED)

    assert ended.code == 0
    assert " 0 failed in " in ended.out


def test_a_failing_rule_test_shows_its_step(risk: Risk, pack: Path) -> None:
    edit(pack / "daily_realized_loss.yaml", "limit: $500", "limit: $501")

    ended = risk("test", str(pack))

    assert ended.code == 1
    assert "FAIL daily_realized_loss > " in ended.out


def test_a_folder_without_tests_is_not_a_success(risk: Risk, tmp_path: Path) -> None:
    assert risk("test", str(tmp_path)).code == 1


def test_explain_prints_python_that_compiles(risk: Risk) -> None:
    ended = risk("explain", "--compiled", f"{SHIPPED}/starter/daily_realized_loss.yaml")

    assert ended.code == 0
    compile(ended.out, "generated", "exec")


def test_describe_says_a_rule_in_english(risk: Risk) -> None:
    ended = risk("describe", f"{SHIPPED}/starter/daily_realized_loss.yaml")

    assert ended.code == 0
    assert ended.out.startswith("Daily loss limit (closed trades)\n  When the closed loss")


@pytest.mark.parametrize("command", [["describe"], ["explain", "--compiled"]])
def test_a_folder_is_no_rule(risk: Risk, pack: Path, command: list[str]) -> None:
    ended = risk(*command, str(pack))

    assert ended.code == 2
    assert "name the file of one rule" in ended.err


def test_explain_of_a_broken_rule_shows_what_is_wrong(risk: Risk, pack: Path) -> None:
    edit(pack / "daily_realized_loss.yaml", "limit: $500", "limit: 500")

    ended = risk("explain", "--compiled", str(pack / "daily_realized_loss.yaml"))

    assert ended.code == 1
    assert "E201" in ended.err
