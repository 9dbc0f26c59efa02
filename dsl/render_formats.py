"""Problems for editors and for checks on a server: JSON, and the annotations of GitHub."""

import json
from collections.abc import Iterable

from dsl.problems import Problem, Span
from dsl.render import in_order


def render_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array, one object a problem, in the order of `render_text`. Ends are excluded."""
    return json.dumps([_as_object(problem) for problem in in_order(problems)], indent=2, ensure_ascii=False)


def render_github(problems: Iterable[Problem]) -> str:
    """Return one workflow command a problem."""
    return "\n".join(_as_annotation(problem) for problem in in_order(problems))


def _place(span: Span) -> dict[str, object]:
    line, column = span.place
    end_line, end_column = span.source.place(span.end)
    return {
        "path": span.source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _as_object(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "level": problem.level,
        "message": problem.message,
        **_place(problem.span),
        "label": problem.label,
        "because": problem.because,
        "help": problem.help,
        "notes": list(problem.notes),
        "marks": [{**_place(mark.span), "label": mark.label} for mark in problem.marks],
    }


def _as_annotation(problem: Problem) -> str:
    place = _place(problem.span)
    text = "\n".join(
        part for part in (problem.message, problem.because, problem.help, *problem.notes) if part
    )
    properties = {
        "file": place["path"],
        "line": place["line"],
        "endLine": place["end_line"],
        "col": place["column"],
        "title": problem.code,
    }
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{problem.level} {shown}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
