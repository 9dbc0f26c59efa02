"""From text to `yaml_nodes`: composed by PyYAML for its marks, never constructed, so nothing is retyped on the way."""

import re

import yaml

from dsl.problems import Mark, Problem, Source, Span
from dsl.yaml_commas import join_list, join_map
from dsl.yaml_events import LOADER, check_events
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, Style, YamlNode
from dsl.yaml_slips import explain
from dsl.yaml_source import check_text

_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")
_STYLES: dict[str | None, Style] = {"'": "quoted", '"': "quoted", ">": "folded", "|": "literal"}


def read_yaml(source: Source, problems: list[Problem]) -> YamlNode | None:
    """Return the root of a file, or None when it cannot be read; problems are appended."""
    if not check_text(source, problems):
        return None
    try:
        problem = check_events(source)
        node = None if problem else yaml.compose(source.text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        problem, node = explain(source, error), None
    if problem:
        problems.append(problem)
    return _Reader(source, problems).read(node) if node is not None else None


class _Reader:
    """One walk over the composed nodes. Their depth is limited before, so it may call itself."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems

    def read(self, node: yaml.Node) -> YamlNode:
        if isinstance(node, yaml.MappingNode):
            return self._map(node)
        if isinstance(node, yaml.SequenceNode):
            return self._list(node)
        assert isinstance(node, yaml.ScalarNode), "YAML has three kinds of node"
        return self._scalar(node)

    def _list(self, node: yaml.SequenceNode) -> ListNode:
        items = [self.read(item) for item in node.value]
        if node.flow_style:
            items = join_list(items, self.problems)
        return ListNode(self._collection_span(node, items[-1] if items else None), tuple(items))

    def _map(self, node: yaml.MappingNode) -> MapNode:
        entries: list[Entry] = []
        for key_node, value_node in node.value:
            key = self._key(key_node)
            value = self.read(value_node)
            if key is not None:
                entries.append(Entry(key.text, key.span, value))
        if node.flow_style:
            entries = join_map(entries, self.problems)
        span = self._collection_span(node, entries[-1].value if entries else None)
        return MapNode(span, tuple(self._without_duplicates(entries)))

    def _collection_span(self, node: yaml.CollectionNode, last: YamlNode | None) -> Span:
        """Return the stretch of a collection; that of a block ends where its last value does, not at the next key."""
        start, end = node.start_mark.index, node.end_mark.index
        if not node.flow_style and last is not None:
            end = max(start, last.outer.end)
        return Span(self.source, start, end)

    def _key(self, node: yaml.Node) -> Scalar | None:
        """Return a key, or None after saying why it is none."""
        span = Span(self.source, node.start_mark.index, node.end_mark.index)
        if not isinstance(node, yaml.ScalarNode):
            self.problems.append(
                Problem(
                    "E007", "a name is needed before the `:`, not a list", span, help="write one name there"
                )
            )
            return None
        return self._scalar(node)

    def _without_duplicates(self, entries: list[Entry]) -> list[Entry]:
        first: dict[str, Entry] = {}
        for entry in entries:
            earlier = first.setdefault(entry.key, entry)
            if earlier is not entry:
                self.problems.append(
                    Problem(
                        "E003",
                        f"`{entry.key}` is written twice",
                        entry.key_span,
                        "second time here; only one would be used",
                        (Mark(earlier.key_span, "first time here"),),
                        "keep one and delete the other",
                    )
                )
        return list(first.values())

    def _scalar(self, node: yaml.ScalarNode) -> Scalar:
        start, end = node.start_mark.index, node.end_mark.index
        style: Style = _STYLES.get(node.style, "plain")
        if style == "quoted":
            outer, span = Span(self.source, start, end), Span(self.source, start + 1, end - 1)
        elif style == "plain":
            outer = span = self._trimmed(start, end)
        else:
            outer = self._trimmed(start, end)
            header = self.source.text.find("\n", start, outer.end)
            span = self._trimmed(header if header >= 0 else outer.end, outer.end)
        broken = style == "quoted" and self._has_escapes(node, span)
        return Scalar(span, outer, node.value, style, self._comment(style, outer), broken)

    def _trimmed(self, start: int, end: int) -> Span:
        """Return a stretch without white space at its ends."""
        text = self.source.text[start:end]
        body = text.strip()
        start += len(text) - len(text.lstrip()) if body else 0
        return Span(self.source, start, start + len(body))

    def _comment(self, style: Style, outer: Span) -> Span | None:
        found = _COMMENT.match(self.source.text, outer.end) if style in {"plain", "quoted"} else None
        return Span(self.source, found.start(1), found.start(1) + len(found[1].rstrip())) if found else None

    def _has_escapes(self, node: yaml.ScalarNode, span: Span) -> bool:
        """Report a backslash or a doubled quote: with them, places in the value are not places in the file."""
        sign = "\\" if node.style == '"' else "''"
        at = span.text.find(sign)
        if at < 0:
            return False
        place = Span(span.source, span.start + at, span.start + at + 2)
        what = "a backslash" if node.style == '"' else "a doubled quote"
        other = "single quotes" if node.style == '"' else "double quotes"
        self.problems.append(
            Problem(
                "E014",
                f"{what} inside quotes is not supported",
                place,
                help=f"use {other} around the text, or put it below `>` without quotes",
            )
        )
        return True
