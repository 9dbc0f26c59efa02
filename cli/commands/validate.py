"""`risk validate`: everything that is wrong with rules, each at its place with the edit that fixes it."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.given_paths import require_paths
from cli.terminal import console, out, say

if TYPE_CHECKING:
    from dsl.problems import Problem


class Format(StrEnum):
    """For whom the findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def validate(
    path: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    form: Annotated[Format, typer.Option("--format", help="For people, programs or GitHub.")] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    cost: Annotated[bool, typer.Option("--cost", help="Print what each window costs, too.")] = False,
) -> None:
    """Validate and report."""
    require_paths(path)
    if cost and form is not Format.TEXT:
        raise Failure("`--cost` is printed for people", "leave `--format` away", ExitCode.USAGE)
    from dsl.pipeline import validate as check

    problems = [problem for one in path for problem in check(one)]
    _print(problems, form, ", ".join(map(str, path)))
    if cost:
        _print_cost(path)
    if any(problem.is_error or strict for problem in problems):
        raise typer.Exit(ExitCode.FINDINGS)


def _print(problems: "list[Problem]", form: Format, name: str) -> None:
    from dsl.render import render_text
    from dsl.render_formats import render_github, render_json

    match form:
        case Format.JSON:
            out(render_json(problems))
        case Format.GITHUB:
            if problems:
                out(render_github(problems))
        case Format.TEXT:
            if problems:
                from cli.views.problems import colored

                console().print(colored(render_text(problems)), soft_wrap=True)
            say(_summary(problems, name))


def _print_cost(paths: list[Path]) -> None:
    from cli.rule_paths import rules_of
    from dsl.cost import costs_of, render_cost

    out(render_cost(costs_of([file for path in paths for file in rules_of(path)])))


def _summary(problems: "list[Problem]", name: str) -> str:
    if not problems:
        return f"{name}: no problem found"
    errors = sum(problem.is_error for problem in problems)
    warnings = len(set(problems)) - errors
    counts = [_count(errors, "error"), _count(warnings, "warning")]
    codes = sorted({problem.code for problem in problems})
    return f"\n{name}: {', '.join(filter(None, counts))}. More: risk help {codes[0]}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}" if number else ""


COMMAND = Command(
    validate,
    "Check rules, and say how to fix them.",
    "Check rule files, rulesets, or folders of rulesets, and report every problem in one run.",
    ["risk validate rulesets/", "risk validate --cost rulesets/starter/trade_frequency_limit.yaml"],
    [ExitCode.FINDINGS, ExitCode.USAGE],
)
