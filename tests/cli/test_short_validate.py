"""The short way to `risk validate`: what goes it, what does not, and that it answers as the long way does."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.short_validate import Format, ValidateRequest, validate_request
from cli.terminal import Color

Risk = Callable[..., Any]
ROOT = Path(__file__).parents[2]
STARTER = ROOT / "rulesets" / "starter"
HEAVY = {"typer", "rich", "requests", "jsonschema", "sqlite_utils", "signalrcore", "engine.step", "service"}
"""What only other commands need."""


@pytest.mark.parametrize(
    ("arguments", "request_"),
    [
        (["validate", "x"], ValidateRequest((Path("x"),))),
        (
            ["--color", "never", "validate", "x", "--strict", "y", "--debug"],
            ValidateRequest((Path("x"), Path("y")), strict=True, color=Color.NEVER),
        ),
        (
            ["validate", "--format", "json", "--cost", "x"],
            ValidateRequest((Path("x"),), Format.JSON, cost=True),
        ),
    ],
)
def test_a_plain_request_is_understood(arguments: list[str], request_: ValidateRequest) -> None:
    assert validate_request(arguments) == request_


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["status", "x"], ["validate"], ["x", "validate"], ["validate", "--help", "x"], ["validate", "x", "--format"],
        ["validate", "--format", "xml", "x"], ["validate", "--", "--strict"], ["validate", "--formt", "json", "x"],
        ["validate", "x", "--color", "red"], ["validate", "--format=json", "x"], ["--version", "validate", "x"],
    ],
)  # fmt: skip
def test_everything_else_goes_to_the_library(arguments: list[str]) -> None:
    assert validate_request(arguments) is None


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_both_ways_say_the_same(risk: Risk, tmp_path: Path, form: str, strict: tuple[str, ...]) -> None:
    shutil.copy(STARTER / "ruleset.yaml", tmp_path)
    shutil.copy(STARTER / "max_net_contracts.yaml", tmp_path)  # without its test: a warning

    short = risk("validate", "--format", form, *strict, str(tmp_path))
    long = risk("validate", f"--format={form}", *strict, str(tmp_path))

    assert short == long
    assert short.code == len(strict)
    assert "W405" in short.out + short.err


def test_a_path_that_is_not_there_is_said_in_one_line(risk: Risk) -> None:
    ended = risk("validate", "nowhere")

    assert (ended.code, ended.out) == (2, "")
    assert "there is no file or folder `nowhere`" in ended.err


def test_nothing_is_loaded_that_checking_rules_does_not_need() -> None:
    text = (
        "import sys\nfrom cli.app import run\n"
        f"code = run(['validate', {str(STARTER)!r}])\n"
        f"print(code, sorted({HEAVY!r} & set(sys.modules)))"
    )

    ended = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, cwd=ROOT)

    assert ended.stdout.splitlines()[-1] == "0 []"
