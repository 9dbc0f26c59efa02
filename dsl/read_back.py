"""A rule file read back: in English, and as the Python that runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dsl.check_rule import check_rule
from dsl.compile_rule import compile_checked
from dsl.describe import describe
from dsl.problems import Problem, has_errors
from dsl.rule_document import read_rule
from dsl.rule_files import read_source
from dsl.surroundings import info_beside


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a rule means in `words` and which Python it became; both empty when it has errors."""

    title: str
    words: str
    source: str
    problems: list[Problem]


def read_back(path: Path, overrides: Mapping[str, str] | None = None) -> ReadBack:
    """Return a rule in English and as Python. `overrides` are an account's values by name of parameter."""
    problems: list[Problem] = []
    source = read_source(path, problems)
    document = read_rule(source, problems) if source is not None else None
    if document is None:
        return ReadBack("", "", "", problems)
    checked = check_rule(document, info_beside(path), overrides or {}, problems)
    if has_errors(problems):
        return ReadBack("", "", "", problems)
    title = document.title.text if document.title is not None else ""
    return ReadBack(title, describe(checked), compile_checked(checked, "")[1], problems)
