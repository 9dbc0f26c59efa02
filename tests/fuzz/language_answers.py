"""Every way in which somebody's text reaches the language, driven by plain bytes: the first one says which."""

from collections.abc import Callable
from pathlib import Path

from dsl.layout import formatted
from dsl.market_days_exceptions import read_exceptions
from dsl.news_file import read_news
from dsl.pipeline import validate
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.render_formats import render_github, render_json
from dsl.rule_files import read_source
from dsl.rule_tests.document import read_tests

SCOPES = ("account", "symbol", "position", "trade")

RULE = """rule: fuzzed
title: t
mode: enforce
scope: {scope}
params:
  limit: {param}
let:
  named: {let}
when: >
  {when}
if_unknown: hold
reset: trading_day
then:
  - {action}
message: now {{{said}}}
stops: {{max_distance: {distance}}}
"""
KINDS = 7


def answer(folder: Path, data: bytes) -> None:
    """Have one input answered. Raises whatever the language raises, AssertionError where its answer is no good."""
    kind, rest = (data[0] % KINDS if data else 0), data[1:]
    if kind == 0:
        _file(folder / "fuzzed.yaml", rest)
    elif kind == 1:
        _file(folder / "fuzzed.yaml", _rule(rest).encode())
    elif kind == 2:
        _file(folder / "ruleset.yaml", rest)
    elif kind == 3:
        _file(folder / "lists.yaml", rest)
    elif kind == 4:
        _read(folder / "holidays.yaml", rest, read_exceptions)
    elif kind == 5:
        _read(folder / "fuzzed.test.yaml", rest, read_tests)
    else:
        _read(folder / "news.yaml", rest, read_news)


def _rule(data: bytes) -> str:
    """Return a rule whose expressions are lines of the input."""
    words = [line.strip() for line in data.decode("utf-8", errors="replace").splitlines()]
    words += ["account.equity"] * 6
    scope = SCOPES[len(data) % len(SCOPES)]
    names = ("when", "param", "let", "action", "said", "distance")
    return RULE.format(scope=scope, **dict(zip(names, words, strict=False)))


def _file(path: Path, data: bytes) -> None:
    """Validate and lay out a file the whole way."""
    path.write_bytes(data)
    problems = validate(path)
    _good(problems)
    source = read_source(path, [])
    if source is not None:
        laid_out = formatted(source, [])
        assert laid_out is None or formatted(Source(path.as_posix(), laid_out), []) == laid_out
    path.unlink()


def _read(path: Path, data: bytes, reader: Callable[[Source, list[Problem]], object]) -> None:
    problems: list[Problem] = []
    path.write_bytes(data)
    source = read_source(path, problems)
    if source is not None:
        reader(source, problems)
    _good(problems)


def _good(problems: list[Problem]) -> None:
    """Hold an answer to its promises: a place that exists, words, at most two lines of help."""
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(problem.span.source.text), problem
        assert problem.message
        assert problem.help.count("\n") <= 1, problem.help
    assert bool(render_text(problems)) == bool(problems)
    render_json(problems)
    render_github(problems)
