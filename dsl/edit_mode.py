"""The mode of an account, changed in its file; comments and layout stay."""

from pathlib import Path

from dsl.edit import Edit
from dsl.problems import Problem, has_errors
from dsl.rule_files import read_source
from dsl.yaml_nodes import MapNode, Scalar
from dsl.yaml_read import read_yaml

MODE = "mode"
DEFAULT = "shadow"
"""What an account without the key is in."""


def edit_mode(account: Path, mode: str) -> Edit | list[Problem]:
    """Return the edit that gives an account a mode, or why there is none. Nothing is written."""
    problems: list[Problem] = []
    source = read_source(account, problems)
    root = read_yaml(source, problems) if source is not None else None
    if source is None or not isinstance(root, MapNode) or has_errors(problems):
        return problems
    entry = root.get(MODE)
    if entry is None:
        return Edit(account, DEFAULT, mode, source.text, f"{source.text.rstrip()}\n{MODE}: {mode}\n", ())
    if not isinstance(entry.value, Scalar):
        return [Problem("E007", "`mode` is one word", entry.value.outer, help="write it behind the `:`")]
    place = entry.value.outer
    after = f"{source.text[: place.start]}{mode}{source.text[place.end :]}"
    return Edit(account, entry.value.text, mode, source.text, after, ())
