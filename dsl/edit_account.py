"""One value that an account sets for itself, changed or added under `set:` in its file; comments and layout stay."""

from pathlib import Path

from dsl.edit import Edit, quoted
from dsl.pipeline import load_ruleset
from dsl.problems import Problem, Source, has_errors
from dsl.rule_files import read_source
from dsl.yaml_nodes import Entry, MapNode, Scalar
from dsl.yaml_read import read_yaml

SET = "set"
NEW = "as the rule says"
"""What stands for the value that an account did not set before."""


def edit_override(
    account: Path, folder: Path, target: str, text: str, holidays: Path | None = None
) -> Edit | list[Problem]:
    """Return the edit that sets `rule.parameter` (or `rule.reset`) for an account, or why not. Nothing is written.

    `folder` is the account's ruleset, which is checked with all its values.
    """
    problems: list[Problem] = []
    source = read_source(account, problems)
    root = read_yaml(source, problems) if source is not None else None
    if source is None or not isinstance(root, MapNode) or has_errors(problems):
        return problems
    entry, new = root.get(SET), " ".join(text.split())
    own = entry.value.get(target) if entry is not None and isinstance(entry.value, MapNode) else None
    if own is not None and not isinstance(own.value, Scalar):
        return [Problem("E007", f"`{target}` is one value", own.value.outer, help="write it behind the `:`")]
    after = _spliced(source, entry, own, target, new)
    overrides = _overrides(Source(source.path, after), problems)
    loaded = load_ruleset(folder, overrides=overrides, holidays=holidays)
    found = [*problems, *(problem for problem in loaded.problems if problem.is_error)]
    old = own.value.outer.text if own is not None else NEW
    return Edit(account, old, new, source.text, after, tuple(found))


def _overrides(source: Source, problems: list[Problem]) -> dict[str, str]:
    """Return what an account sets, as the daemon reads it."""
    root = read_yaml(source, problems)
    entry = root.get(SET) if isinstance(root, MapNode) else None
    rows = entry.value.entries if entry is not None and isinstance(entry.value, MapNode) else ()
    return {row.key: row.value.text for row in rows if isinstance(row.value, Scalar)}


def _spliced(source: Source, entry: Entry | None, own: Entry | None, target: str, text: str) -> str:
    """Return the file with the value in its place: in the one it has, below the others, or below a new `set:`."""
    written = quoted(text, source, own.value) if own is not None else quoted(text)
    if own is not None:
        return f"{source.text[: own.value.outer.start]}{written}{source.text[own.value.outer.end :]}"
    if entry is None:
        return f"{source.text.rstrip()}\n\n{SET}:\n  {target}: {written}\n"
    if isinstance(entry.value, MapNode) and entry.value.span.text.startswith("{"):
        place = entry.value.span.end - 1
        comma = ", " if entry.value.entries else ""
        return f"{source.text[:place]}{comma}{target}: {written}{source.text[place:]}"
    rows = entry.value.entries if isinstance(entry.value, MapNode) else ()
    column = rows[-1].key_span.place[1] - 1 if rows else 2
    last = rows[-1].span.end if rows else entry.key_span.end
    place = source.text.find("\n", last)
    place = len(source.text) if place < 0 else place
    return f"{source.text[:place]}\n{' ' * column}{target}: {written}{source.text[place:]}"
