"""Single settings of a file: texts, words of a choice, expressions; and which settings there may and must be."""

from collections.abc import Collection
from dataclasses import dataclass

from dsl.document_keys import MISSING, SYNONYMS
from dsl.document_parts import Text
from dsl.nodes import Bad, Literal, Node
from dsl.parse import parse_scalar
from dsl.parse_values import parse_value
from dsl.problems import Problem, Span
from dsl.suggest import nearest
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode


@dataclass(frozen=True, slots=True)
class Fields:
    """The settings of one map. `owner` says whose they are in messages, `place` what to mark when one is missing."""

    map: MapNode
    owner: str
    place: Span
    problems: list[Problem]

    def check(self, known: Collection[str], required: Collection[str]) -> None:
        """Report unknown settings, then missing ones; one that is only misspelt is not missing too."""
        meant = set()
        for entry in self.map:
            if entry.key not in known:
                synonym = SYNONYMS.get(entry.key)
                better = synonym if synonym in known else nearest(entry.key, known)
                meant.add(better)
                self.problems.append(self._unknown(entry, better, known))
        for key in required:
            if self.map.get(key) is None and key not in meant:
                self.problems.append(
                    Problem(
                        "E004", f"`{key}:` is missing", self.place, help=MISSING.get(key, f"add `{key}:`")
                    )
                )

    def entry(self, key: str) -> Entry | None:
        """Return the entry of a setting that has a value; one without is reported."""
        entry = self.map.get(key)
        if entry is None or not _is_empty(entry.value):
            return entry
        if not (isinstance(entry.value, Scalar) and entry.value.broken):
            self.problems.append(
                Problem(
                    "E012", f"`{key}:` has no value", entry.key_span, help="write one, or delete the line"
                )
            )
        return None

    def entry_span(self, key: str) -> Span:
        """Return the place of a key, that of the owner when it is not written."""
        entry = self.map.get(key)
        return entry.key_span if entry else self.place

    def text(self, key: str) -> Text | None:
        """Return the text of a setting."""
        entry = self.entry(key)
        return as_text(entry.value, f"`{key}`", self.problems) if entry else None

    def choice(self, key: str, words: Collection[str]) -> Text | None:
        """Return a word that must be one of `words`."""
        text = self.text(key)
        if text is None or text.text in words:
            return text
        self.problems.append(wrong_choice(key, text, words))
        return None

    def expression(self, key: str, what: str = "expression") -> Node | None:
        """Return the node of a setting that is an expression."""
        entry = self.entry(key)
        return as_expression(entry.value, f"`{key}`", what, self.problems) if entry else None

    def literal(self, key: str) -> Literal | Bad | None:
        """Return a setting that is one plain value."""
        entry = self.entry(key)
        return as_literal(entry.value, f"`{key}`", self.problems) if entry else None

    def map_of(self, key: str, example: str) -> MapNode | None:
        """Return a setting that has settings of its own."""
        entry = self.entry(key)
        if entry is None or isinstance(entry.value, MapNode):
            return entry.value if entry and isinstance(entry.value, MapNode) else None
        self.problems.append(
            Problem(
                "E007",
                f"`{key}:` has settings of its own below it",
                entry.value.outer,
                help=f"write {example}",
            )
        )
        return None

    def _unknown(self, entry: Entry, better: str | None, known: Collection[str]) -> Problem:
        if better:
            advice = f"did you mean `{better}`?"
        elif len(known) <= 8:
            advice = f"delete it; there are {listed(known)}"
        else:
            advice = "delete it, or write it under `params:` if it is a number of your own"
        return Problem(
            "E002",
            f"{self.owner} has no setting called `{entry.key}`",
            entry.key_span,
            "unknown setting",
            help=advice,
        )


def as_text(node: YamlNode, name: str, problems: list[Problem]) -> Text | None:
    """Return a text; a list or a map is reported, a broken one was."""
    if isinstance(node, Scalar):
        return None if node.broken else Text(node.span, node.text.strip())
    problems.append(Problem("E007", f"{name} is one text", node.outer, help="write one value behind the `:`"))
    return None


def as_expression(node: YamlNode, name: str, what: str, problems: list[Problem]) -> Node:
    """Return the node of an expression; a list or a map is reported."""
    if isinstance(node, Scalar):
        return parse_scalar(node, problems, what)
    problems.append(
        Problem(
            "E007", f"{name} is one {what}", node.outer, help=f"write the {what} behind the `:` or below `>`"
        )
    )
    return Bad(node.outer)


def as_literal(node: YamlNode, name: str, problems: list[Problem]) -> Literal | Bad:
    """Return one plain value; a list or a map is reported."""
    if isinstance(node, Scalar):
        return parse_value(node, problems)
    problems.append(
        Problem("E007", f"{name} is one value", node.outer, help="write one value behind the `:`")
    )
    return Bad(node.outer)


def wrong_choice(name: str, text: Text, words: Collection[str]) -> Problem:
    """Return the problem of a word that is none of the choice."""
    better = nearest(text.text, words)
    advice = f"did you mean `{better}`?" if better else f"write {listed(words, 'or')}"
    return Problem("E005", f"`{name}` cannot be `{text.text}`", text.span, help=advice)


def listed(words: Collection[str], joint: str = "and") -> str:
    """Return words in a sentence: `a`, `b` and `c`."""
    *most, last = [f"`{word}`" for word in words]
    return f"{', '.join(most)} {joint} {last}" if most else last


def first_line(node: MapNode) -> Span:
    """Return the first line of a map, to mark when something is missing in it."""
    source, start = node.span.source, node.span.start
    line, column = source.place(start)
    return Span(source, start, start - (column - 1) + len(source.line(line).split(" #")[0].rstrip()))


def items_of(node: YamlNode) -> tuple[YamlNode, ...]:
    """Return the items of a list; a single value is a list of one."""
    return node.items if isinstance(node, ListNode) else (node,)


def _is_empty(node: YamlNode) -> bool:
    if isinstance(node, Scalar):
        return node.is_empty or node.broken
    return not (node.items if isinstance(node, ListNode) else node.entries)
