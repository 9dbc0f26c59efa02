"""What a folder does not have: rules, or those that an account's values name."""

from collections.abc import Mapping
from pathlib import Path

from dsl.check_params import RESET
from dsl.problems import Problem, Source, Span
from dsl.rule_files import RulesetFiles
from dsl.suggest import did_you_mean


def unknown_rules(files: RulesetFiles, overrides: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each value of an account that is for no rule of the folder."""
    names = [Path(source.path).stem for source in files.rules]
    found = []
    for key, text in overrides.items():
        if key.partition(".")[0] not in names:
            source = Source(f"set: {key}", text)
            message = f"this ruleset has no rule called `{key.partition('.')[0]}`"
            help_text = (
                did_you_mean(key.partition(".")[0], names) or f"write `rule.parameter` or `rule.{RESET}`"
            )
            found.append(Problem("E315", message, Span(source, 0, len(text)), help=help_text))
    return found


def no_rules(folder: Path, message: str) -> Problem:
    """Return the problem of a folder in which there is nothing to load."""
    source = Source(folder.as_posix(), "")
    return Problem(
        "E001", message, Span(source, 0, 0), help="name a folder with `ruleset.yaml` and rules, or a file"
    )
