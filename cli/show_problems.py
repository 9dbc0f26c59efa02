"""What `risk validate` does: check files and folders, print what was found, and say by the exit code how it went."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.given_paths import require_paths
from cli.short_validate import Format, ValidateRequest
from cli.terminal import console, out, say

if TYPE_CHECKING:
    from dsl.problems import Problem


def show_problems(request: ValidateRequest) -> ExitCode:
    """Validate and report. Returns the exit code; raises Failure when there is nothing to look at."""
    require_paths(list(request.paths))
    if request.cost and request.form is not Format.TEXT:
        raise Failure("`--cost` is printed for people", "leave `--format` away", ExitCode.USAGE)
    from dsl.pipeline import validate

    problems = [problem for one in request.paths for problem in validate(one)]
    _print(problems, request.form, ", ".join(map(str, request.paths)))
    if request.cost:
        _print_cost(request.paths)
    is_wrong = any(problem.is_error or request.strict for problem in problems)
    return ExitCode.FINDINGS if is_wrong else ExitCode.DONE


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


def _print_cost(paths: Iterable[Path]) -> None:
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
