"""One value of a rule changed in its file: spliced in at its place, so that comments and layout stay."""

import re
from dataclasses import dataclass
from pathlib import Path

from dsl.document_keys import PARAM_KEYS
from dsl.pipeline import doubts, load_ruleset
from dsl.problems import Problem, Source, Span
from dsl.rule_files import read_folder
from dsl.suggest import did_you_mean
from dsl.yaml_nodes import Entry, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml

RESET, CRON = "reset", "cron"
_SPECIAL = re.compile(r"""^[\]}>|*&!%@`,?#]|^- |: | #|:$""")
"""What YAML would take for something else than a text."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that was not written yet. `before` is the whole text of the file, `after` the one with the change.

    `problems` are the errors of the whole ruleset after it, and the doubts about this file.
    """

    path: Path
    old: str
    new: str
    before: str
    after: str
    problems: tuple[Problem, ...]


def edit_value(folder: Path, target: str, text: str) -> Edit | list[Problem]:
    """Return the edit that gives `rule.parameter` (or `rule.reset`, or a row `rule.limits.ES`) a value, or why not.

    Nothing is written.
    """
    rule, *path = target.split(".")
    problems: list[Problem] = []
    files = read_folder(folder, problems)
    source = next((each for each in files.rules if Path(each.path).stem == rule), None)
    if source is None:
        names = [Path(each.path).stem for each in files.rules]
        return [*problems, _unknown(target, f"there is no rule `{rule}` in {folder.as_posix()}", rule, names)]
    root = read_yaml(source, problems)
    if not isinstance(root, MapNode):
        return problems
    node = _find(root, path, target)
    if isinstance(node, Problem):
        return [node]
    node, new = _inner(node, text), " ".join(text.split())
    edit = _spliced(source, node, new)
    after = load_ruleset(folder, edited=Source(source.path, edit))
    found = [*after.problems, *doubts(folder, after.checked)]
    told = [each for each in found if each.is_error or each.span.source.path == source.path]
    return Edit(Path(source.path), " ".join(node.outer.text.split()), new, source.text, edit, tuple(told))


def _find(root: MapNode, path: list[str], target: str) -> YamlNode | Problem:
    """Return the node of a value, or the problem that there is none."""
    params = root.get("params")
    known = [entry.key for entry in params.value] if params and isinstance(params.value, MapNode) else []
    if path == [RESET]:
        reset = root.get(RESET)
        if reset is not None:
            return reset.value
        return _unknown(target, "this rule has no `reset:`, so nothing of it starts afresh", RESET, [])
    if not path or params is None or not isinstance(params.value, MapNode):
        return _unknown(target, "write `rule.parameter`", "", known)
    entry = params.value.get(path[0])
    if entry is None:
        return _unknown(target, f"the rule has no parameter called `{path[0]}`", path[0], [*known, RESET])
    return _row(entry, path[1:], target)


def _row(entry: Entry, path: list[str], target: str) -> YamlNode | Problem:
    node = entry.value
    if isinstance(node, MapNode) and any(inner.key in PARAM_KEYS for inner in node):
        value = node.get("value")
        node = value.value if value is not None else node
    if not path:
        return node
    row = node.get(path[0]) if isinstance(node, MapNode) else None
    if row is None or len(path) > 1:
        rows = [inner.key for inner in node] if isinstance(node, MapNode) else []
        return _unknown(target, f"`{entry.key}` has no row `{'.'.join(path)}`", path[-1], rows)
    return row.value


def _unknown(target: str, message: str, word: str, known: list[str]) -> Problem:
    source = Source(f"set: {target}", target)
    advice = did_you_mean(word, known) or (
        f"there is {', '.join(known)}" if known else "write `rule.parameter`"
    )
    return Problem("E315", message, Span(source, 0, len(target)), help=advice)


def _inner(node: YamlNode, text: str) -> YamlNode:
    """Return what to replace: of a reset with a zone the cron text alone, so that the zone stays."""
    cron = node.get(CRON) if isinstance(node, MapNode) else None
    return cron.value if cron is not None and text.strip() != "trading_day" else node


def _spliced(source: Source, node: YamlNode, text: str) -> str:
    """Return the file with the value in place of a node; a comment behind it stays in its column."""
    start, end = node.outer.start, node.outer.end
    written = quoted(text, source, node)
    if isinstance(node, MapNode) and not node.span.text.startswith("{"):
        start = len(source.text[:start].rstrip())  # a block begins on the line below its key
        written = f" {written}"
    rest = source.text[end:]
    gap = len(rest) - len(rest.lstrip(" "))
    if rest.lstrip(" ").startswith("#"):
        rest = " " * max(2, gap + (end - start) - len(written)) + rest.lstrip(" ")
    return f"{source.text[:start]}{written}{rest}"


def quoted(text: str, source: Source | None = None, node: YamlNode | None = None) -> str:
    """Return a text in quotes where YAML needs them: a comma between brackets would split it."""
    is_collection = text.strip()[:1] in ("[", "{")
    between_brackets = source is not None and isinstance(node, Scalar) and _is_in_brackets(source, node)
    if is_collection or text.strip()[:1] in ('"', "'") or '"' in text:
        return text
    needs = _SPECIAL.search(text.strip()) or (between_brackets and re.search(r"[,\[\]{}]", text))
    return f'"{text}"' if needs else text


def _is_in_brackets(source: Source, node: Scalar) -> bool:
    line, _ = node.outer.place
    before = source.text[source.starts[line - 1] : node.outer.start]
    return before.count("{") > before.count("}") or before.count("[") > before.count("]")
