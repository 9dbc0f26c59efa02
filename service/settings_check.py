"""Settings against their JSON Schema, with messages that name the place, what is wrong and the fix.

YAML's own types are not used: every value is text here, so `017` stays `017` and `no` stays `no`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from dsl.problems import Problem, Span
from dsl.yaml_nodes import ListNode, MapNode, Scalar, YamlNode

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"

SECRET = re.compile("key|token|secret|password", re.IGNORECASE)


def check(node: YamlNode, schema: str) -> list[Problem]:
    """Return what is wrong with a file, each with its place. `schema` names a file in `schemas`."""
    errors = sorted(_validator(schema).iter_errors(plain(node)), key=lambda error: list(map(str, error.path)))
    return [problem for error in errors for problem in _problems(error, node)]


def plain(node: YamlNode) -> Any:
    """Return a node as texts, lists and dicts."""
    match node:
        case Scalar(text=text):
            return text
        case ListNode(items=items):
            return [plain(item) for item in items]
        case MapNode(entries=entries):
            return {entry.key: plain(entry.value) for entry in entries}


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))


def _problems(error: ValidationError, root: YamlNode) -> Iterator[Problem]:
    node = _at(root, error.absolute_path)
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(error, node)
        case "required":
            yield from _missing(error, node)
        case "pattern" | "minLength" | "type" if _is_key(error):
            key = _key_span(node, str(error.instance))
            yield Problem(
                "S003", f"`{error.instance}` is no name that can be used here", key, help=_fix(error)
            )
        case _:
            yield Problem("S003", _wrong_value(node), node.span, help=_fix(error))


def _schema(error: ValidationError) -> dict[str, Any]:
    """Return the part of the schema that was not met; ours are never a bare true or false."""
    return cast("dict[str, Any]", error.schema)


def _is_key(error: ValidationError) -> bool:
    return "propertyNames" in error.absolute_schema_path


def _unknown_keys(error: ValidationError, node: YamlNode) -> Iterator[Problem]:
    assert isinstance(node, MapNode), "only a map can have a key too many"
    known = sorted(_schema(error)["properties"])
    for entry in node:
        if entry.key in known:
            continue
        close = get_close_matches(entry.key, known, n=1)
        missing = [name for name in _schema(error).get("required", ()) if node.get(name) is None]
        if not close and len(missing) == 1:
            close = missing
        fix = _instead(entry.key, close[0] if close else None, known)
        yield Problem("S001", f"there is no setting `{entry.key}`", entry.key_span, help=fix)


def _instead(key: str, close: str | None, known: list[str]) -> str:
    """Return what to write in place of a key that nobody knows."""
    if SECRET.search(key):
        return "delete it: a secret is no setting; a key belongs into secrets/LOGIN.key or RISK_API_KEY_LOGIN"
    return f"did you mean `{close}`?" if close else f"known here: {', '.join(f'`{each}`' for each in known)}"


def _missing(error: ValidationError, node: YamlNode) -> Iterator[Problem]:
    """Name what is missing, unless a key that is there looks like a slip of it."""
    assert isinstance(node, MapNode), "only a map can lack a key"
    known = _schema(error)["properties"]
    strange = [entry.key for entry in node if entry.key not in known]
    for name in _schema(error)["required"]:
        if node.get(name) is not None or f"'{name}'" not in error.message:
            continue
        if strange and (get_close_matches(name, strange, n=1) or len(strange) == 1):
            continue
        example = known[name].get("description", "")
        place = Span(node.span.source, node.span.start, node.span.start)
        yield Problem("S002", f"`{name}:` is missing", place, help=f"add `{name}:`. {example}".strip())


def _wrong_value(node: YamlNode) -> str:
    match node:
        case Scalar(text=text):
            return f"`{text}` cannot be used here" if text else "a value is missing here"
        case ListNode():
            return "a list cannot be used here"
        case MapNode():
            return "these lines cannot be used here"


def _fix(error: ValidationError) -> str:
    schema = _schema(error)
    if error.validator == "enum":
        return f"write one of {', '.join(f'`{value}`' for value in schema['enum'])}"
    return f"write {schema.get('expects', 'another value')}"


def _at(root: YamlNode, path: Iterable[str | int]) -> YamlNode:
    node = root
    for step in path:
        if isinstance(node, MapNode):
            entry = node.get(str(step))
            assert entry is not None, "the checker only walks over what is there"
            node = entry.value
        elif isinstance(node, ListNode):
            node = node.items[int(step)]
    return node


def _key_span(node: YamlNode, key: str) -> Span:
    entry = node.get(key) if isinstance(node, MapNode) else None
    return entry.key_span if entry else node.span
