"""Whether two texts of a file say the same: keys, values, expressions and comments."""

from collections import Counter

from dsl.layout.comments import comments_of
from dsl.layout.expressions import ITEM, is_expression
from dsl.nodes import Bad
from dsl.parse import parse_scalar
from dsl.problems import Problem, Source
from dsl.yaml_nodes import ListNode, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml


def says_the_same(one: Source, other: Source) -> bool:
    """Say whether two readable files differ only in their layout."""
    roots = [read_yaml(source, []) for source in (one, other)]
    if roots[0] is None or roots[1] is None:
        return False
    words = [
        _comments(source, root) for source, root in zip((one, other), roots, strict=True) if root is not None
    ]
    return meaning(roots[0]) == meaning(roots[1]) and words[0] == words[1]


def meaning(node: YamlNode, path: tuple[str, ...] = ()) -> object:
    """Return what a node says, without places and layout."""
    match node:
        case MapNode():
            return {entry.key: meaning(entry.value, (*path, entry.key)) for entry in node}
        case ListNode():
            return [meaning(item, (*path, ITEM)) for item in node.items]
        case Scalar():
            return _text(node, path)


def _text(scalar: Scalar, path: tuple[str, ...]) -> object:
    problems: list[Problem] = []
    if is_expression(path):
        read = parse_scalar(scalar, problems)
        if not problems and not isinstance(read, Bad):
            return read
    return " ".join(scalar.text.split()) if scalar.style != "literal" else scalar.text.rstrip()


def _comments(source: Source, root: YamlNode) -> Counter[str]:
    found = comments_of(source, root)
    return Counter([*found.own.values(), *found.behind.values()])
