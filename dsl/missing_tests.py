"""W405: rules without a test beside them."""

from pathlib import Path

from dsl.problems import Problem, Source, Span
from dsl.rule_files import RulesetFiles


def missing_tests(files: RulesetFiles) -> list[Problem]:
    """Return one finding for each rule of a folder that has no test."""
    return [
        Problem(
            "W405",
            f"the rule `{name}` has no test",
            _head(source),
            help=f"add `tests/{name}.test.yaml`; `risk new rule` writes a first one",
            level="warning",
        )
        for source in files.rules
        if (name := Path(source.path).stem) not in files.tests
    ]


def _head(source: Source) -> Span:
    """Return the line that names the rule."""
    start = 0 if source.text.startswith("rule:") else source.text.find("\nrule:") + 1
    end = source.text.find("\n", start)
    return Span(source, start, len(source.text) if end < 0 else end)
