"""The shipped packs, and the parameters of one with what they mean: what a person is asked about."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dsl.checked_rule import CheckedRule
from dsl.document_parts import Param
from dsl.pipeline import Loaded, load_ruleset
from dsl.rule_files import RULESET
from dsl.yaml_nodes import MapNode, Scalar
from service.rules_source import SHIPPED

ABOUT = {"starter": "Limits for anybody, on any account. Begin here."}
"""What is said of a pack in place of its own first comment."""

AFRESH = "when it starts afresh: a cron text, or trading_day"

EXAMPLES = "examples"
"""Shipped to be read, not to guard anybody."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A shipped ruleset: its folder's name, how many rules it has, and the comment above its settings."""

    name: str
    rules: int
    about: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value an admin may change. `target` is `rule.parameter` or `rule.reset`; `text` as written; `about` what stands beside it."""

    target: str
    title: str
    text: str
    about: str
    mode: str


def packs() -> tuple[Pack, ...]:
    """Return what can be copied into a home, the starter first."""
    folders = [path.parent for path in SHIPPED.glob(f"*/{RULESET}") if path.parent.name != EXAMPLES]
    found = [
        Pack(folder.name, len(_rule_files(folder)), ABOUT.get(folder.name) or _about(folder / RULESET))
        for folder in folders
    ]
    return tuple(sorted(found, key=lambda pack: (pack.name != "starter", pack.name)))


def load_pack(name: str) -> Loaded:
    """Return a shipped ruleset, read."""
    return load_ruleset(SHIPPED / name)


def choices(loaded: Loaded) -> tuple[Choice, ...]:
    """Return the parameters and resets of a ruleset, rule by rule in the order of their files."""
    return tuple(choice for rule in loaded.checked for choice in _of_rule(rule))


def _of_rule(rule: CheckedRule) -> Iterator[Choice]:
    document = rule.document
    assert document.rule is not None, "a ruleset that is read has names"
    for name, param in document.params.items():
        if isinstance(_value(document.map, name), Scalar):
            title = document.title.text if document.title else ""
            mode = document.mode.text if document.mode else ""
            text = " ".join(param.value.span.text.split())
            yield Choice(f"{document.rule.text}.{name}", title, text, _beside(document.map, param), mode)
    reset = _reset(document.map)
    if reset:
        title = document.title.text if document.title else ""
        mode = document.mode.text if document.mode else ""
        yield Choice(f"{document.rule.text}.reset", title, reset, AFRESH, mode)


def _reset(root: MapNode) -> str:
    """Return when a rule starts afresh as an admin would write it: a cron text or a word; empty where it has none."""
    entry = root.get("reset")
    value = entry.value if entry is not None else None
    cron = value.get("cron") if isinstance(value, MapNode) else None
    found = cron.value if cron is not None else value
    return found.text if isinstance(found, Scalar) else ""


def _beside(root: MapNode, param: Param) -> str:
    node = _value(root, param.name)
    comment = node.comment.text.lstrip("# ").strip() if isinstance(node, Scalar) and node.comment else ""
    return param.help or comment


def _value(root: MapNode, name: str) -> object:
    params = root.get("params")
    entry = params.value.get(name) if params is not None and isinstance(params.value, MapNode) else None
    return entry.value if entry is not None else None


def _rule_files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.yaml") if path.name not in (RULESET, "lists.yaml", "claims.yaml")]


def _about(path: Path) -> str:
    """Return the first sentence of the comment above a ruleset, its modeline left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    said = (line.lstrip("# ").strip() for line in lines if line.startswith("#"))
    first = next((line for line in said if "yaml-language-server" not in line), "")
    return f"{first.partition('. ')[0].rstrip('.')}."
