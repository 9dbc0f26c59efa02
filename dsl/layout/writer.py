"""Writes a YAML tree in its one layout: two spaces a level, one space behind `:`, comments where they stood."""

from dsl.layout.comments import comments_of, is_flow
from dsl.layout.expressions import ITEM, WIDTH, dedented, is_expression, laid_out
from dsl.problems import Source
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode

STEP = 2
COMMENT_COLUMN = 30
"""Characters before a comment that has no room where it stands; two spaces where the line is longer."""

Path = tuple[str, ...]


class Writer:
    """One walk over a tree. `_next` is the first line of the source that has not been dealt with."""

    def __init__(self, source: Source, root: YamlNode, *, is_rule: bool) -> None:
        self._source, self._root, self._is_rule = source, root, is_rule
        self._comments = comments_of(source, root)
        self._lines: list[str] = []
        self._next = 1

    def text(self) -> str:
        """Return the whole file."""
        self._block(self._root, 0, ())
        self._skip_to(len(self._source.starts) + 1, 0)
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        return "\n".join(self._lines) + "\n"

    def _block(self, node: YamlNode, indent: int, path: Path) -> None:
        if isinstance(node, MapNode) and not is_flow(node):
            for entry in node:
                self._skip_to(self._line_of(entry.key_span.start), indent)
                self._entry(entry, " " * indent, indent, path)
        elif isinstance(node, ListNode) and not is_flow(node):
            for item in node.items:
                self._skip_to(self._line_of(item.outer.start), indent)
                self._item(item, indent, (*path, ITEM))
        else:
            self._skip_to(self._line_of(node.outer.start), indent)
            self._value(" " * (indent - 1), node, indent, path)

    def _item(self, item: YamlNode, indent: int, path: Path) -> None:
        """Write one item of a list; the first setting of a map stands behind its dash."""
        dash = f"{' ' * indent}-"
        if isinstance(item, ListNode) and not is_flow(item):
            self._lines.append(dash)
            self._block(item, indent + STEP, path)
            return
        if not isinstance(item, MapNode) or is_flow(item):
            self._value(dash, item, indent, path)
            return
        for place, entry in enumerate(item):
            if place:
                self._skip_to(self._line_of(entry.key_span.start), indent + STEP)
            self._entry(entry, " " * (indent + STEP) if place else f"{dash} ", indent + STEP, path)
        self._inner_comments(item.span.place[1], indent + STEP)

    def _entry(self, entry: Entry, lead: str, indent: int, path: Path) -> None:
        head, value, path = f"{lead}{entry.key_span.text}:", entry.value, (*path, entry.key)
        line = self._line_of(entry.key_span.start)
        is_below = is_flow(value) and self._line_of(value.outer.start) > line
        if (isinstance(value, Scalar) or is_flow(value) or not value.span.text) and not is_below:
            # A comment between a key and its value on a later line would be lost behind the key.
            self._next = max(self._next, line + 1)
            first, behind = self._line_of(value.outer.start), self._comments.behind
            if line < first and line in behind and {first, self._line_of(value.outer.end)} & behind.keys():
                self._lines.append(f"{' ' * indent}{behind[line]}")
            self._skip_to(first, indent, keep_blank=False)
            self._value(head, value, indent, path, line)
            return
        self._put(head, line)
        self._next = line + 1
        self._block(value, indent + STEP, path)
        self._inner_comments(value.span.place[1], indent + STEP)

    def _value(self, head: str, value: YamlNode, indent: int, path: Path, head_line: int = 0) -> None:
        """Write what stands behind a head: a text, or a collection in brackets."""
        first, last = self._line_of(value.outer.start), self._line_of(value.outer.end)
        lines = (
            self._scalar(value, len(head) + 1, path) if isinstance(value, Scalar) else self._flow(value, head)
        )
        is_block = isinstance(value, Scalar) and len(lines) > 1
        sign = ("|" if isinstance(value, Scalar) and value.style == "literal" else ">") if is_block else ""
        comment = next((line for line in (first, last, head_line) if line in self._comments.behind), first)
        is_raw = not isinstance(value, Scalar) and len(lines) > 1  # its comments stand in its own lines
        self._put(f"{head} {sign or lines[0]}".rstrip(), 0 if is_raw else comment)
        for line in lines[1:]:
            self._lines.append(f"{' ' * (indent + STEP)}{line}".rstrip())
        self._next = last + 1

    def _scalar(self, scalar: Scalar, used: int, path: Path) -> list[str]:
        """Return the lines of a text: one alone, or an empty one for the header and those below it."""
        if self._is_rule and is_expression(path):
            lines = laid_out(scalar, WIDTH - used)
            if lines is not None:
                return lines
        if scalar.style == "quoted" or "\n" not in scalar.outer.text:
            return [scalar.outer.text]
        return ["", *dedented(scalar)]

    def _flow(self, node: MapNode | ListNode, head: str) -> list[str]:
        """Return a collection in brackets on one line; over several where it does not fit or has comments inside."""
        first, last = self._line_of(node.span.start), self._line_of(node.span.end)
        has_comments = any("#" in self._source.line(line) for line in range(first, last))
        text = flow_text(node)
        if has_comments or (first != last and len(head) + 1 + len(text) > WIDTH):
            inside = self._source.text[node.span.start :].splitlines()[: last - first + 1]
            return [inside[0].rstrip(), *(line.strip() for line in inside[1:])]
        return [text]

    def _put(self, line: str, source_line: int) -> None:
        comment = self._comments.behind.get(source_line)
        if comment:
            own = self._comments.columns[source_line]
            column = own if own >= len(line) + 2 else COMMENT_COLUMN
            line = f"{line:<{column - 2}}  {comment}"
        self._lines.append(line)

    def _skip_to(self, line: int, indent: int, *, keep_blank: bool = True) -> None:
        """Write the comments and blank lines before a line; of several blank lines one stays, at the top none."""
        for number in range(self._next, line):
            if keep_blank or number not in self._comments.blank:
                self._comment_or_blank(number, indent)
        self._next = max(self._next, line)

    def _inner_comments(self, column: int, indent: int) -> None:
        """Write comments at the end of a block that are indented like the block."""
        number = self._next
        while number in self._comments.own or number in self._comments.blank:
            if number in self._comments.own:
                text = self._source.line(number)
                if len(text) - len(text.lstrip()) < column - 1:
                    return
                for passed in range(self._next, number + 1):
                    self._comment_or_blank(passed, indent)
                self._next = number + 1
            number += 1

    def _comment_or_blank(self, number: int, indent: int) -> None:
        comment = self._comments.own.get(number) or self._comments.behind.get(
            number
        )  # a dash alone has one too
        if comment:
            self._lines.append(f"{' ' * indent}{comment}")
        elif number in self._comments.blank and self._lines and self._lines[-1]:
            self._lines.append("")

    def _line_of(self, offset: int) -> int:
        return self._source.place(offset)[0]


def flow_text(node: YamlNode) -> str:
    """Return a collection in brackets on one line."""
    match node:
        case MapNode():
            return "{" + ", ".join(_flow_entry(entry) for entry in node) + "}"
        case ListNode():
            return "[" + ", ".join(flow_text(item) for item in node.items) + "]"
        case Scalar():
            return " ".join(node.outer.text.split()) if node.style == "plain" else node.outer.text


def _flow_entry(entry: Entry) -> str:
    """Return one entry of a map in braces; a key without a colon stays without one."""
    after = entry.key_span.source.text[entry.key_span.end :].lstrip()
    text = flow_text(entry.value)
    return f"{entry.key_span.text}: {text}".rstrip() if text or after.startswith(":") else entry.key_span.text
