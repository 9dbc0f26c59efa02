"""Reading notify.yaml and the addresses that belong to it, which are secrets."""

from dataclasses import dataclass, field
from pathlib import Path

from dsl.problems import Problem, has_errors
from dsl.yaml_nodes import ListNode, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml
from dsl.yaml_source import read_source
from engine.units import HOUR, MINUTE, SECOND, Duration
from service.home import Home
from service.secrecy.seal import CannotOpen
from service.secrecy.seal_here import seal_here
from service.secrecy.secret_files import read_secret
from service.settings_check import check

UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": 24 * HOUR}
LEVELS = ("lock", "unlock", "warning", "enforcement", "gap", "guard", "admin")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to tell of what. `addresses` are secret; `accounts` empty: all of them."""

    name: str
    levels: frozenset[str]
    accounts: frozenset[str]
    every: Duration
    addresses: tuple[str, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """All people, and where to show that the guard lives. `missing` names the files that hold no address."""

    people: tuple[Person, ...] = ()
    heartbeat: Duration | None = None
    heartbeat_url: str = field(repr=False, default="")
    missing: tuple[str, ...] = ()


def read_notify(home: Home) -> tuple[NotifySettings, list[Problem]]:
    """Return who is told; nobody where there is no file. Problems are for people; the guard runs all the same."""
    path = home.root / "notify.yaml"
    problems: list[Problem] = []
    if not path.exists():
        return NotifySettings(), problems
    source = read_source(path, problems)
    node = read_yaml(source, problems) if source else None
    if node is not None and not has_errors(problems):
        problems += check(node, "notify.schema.json")
    if not isinstance(node, MapNode) or has_errors(problems):
        return NotifySettings(), problems
    people = tuple(_person(home, name, each) for name, each in _entries(_value(node, "people")))
    beat = _value(node, "heartbeat")
    every = _length(beat.text) if isinstance(beat, Scalar) else None
    url = _lines(home.secrets / "heartbeat.url")
    missing = [f"secrets/{person.name}.notify" for person in people if not person.addresses]
    missing += ["secrets/heartbeat.url"] if every is not None and not url else []
    return NotifySettings(people, every, url[0] if url else "", tuple(missing)), problems


def _person(home: Home, name: str, node: YamlNode) -> Person:
    every = _value(node, "every")
    return Person(
        name,
        levels=frozenset(_items(_value(node, "levels")) or LEVELS),
        accounts=frozenset(_items(_value(node, "accounts"))),
        every=_length(every.text) if isinstance(every, Scalar) else Duration(5 * MINUTE),
        addresses=_lines(home.secrets / f"{name}.notify"),
    )


def _lines(path: Path) -> tuple[str, ...]:
    """Return the addresses in a file; none where it is missing or cannot be read."""
    try:
        text = read_secret(path, seal_here(path.parent))
    except (OSError, UnicodeDecodeError, CannotOpen):
        return ()
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _value(node: YamlNode, key: str) -> YamlNode | None:
    entry = node.get(key) if isinstance(node, MapNode) else None
    return entry.value if entry else None


def _entries(node: YamlNode | None) -> list[tuple[str, YamlNode]]:
    return [(entry.key, entry.value) for entry in node] if isinstance(node, MapNode) else []


def _items(node: YamlNode | None) -> tuple[str, ...]:
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar))


def _length(text: str) -> Duration:
    return Duration(int(text[:-1]) * UNITS[text[-1]])
