"""A thousands comma inside brackets: YAML splits `[$1,500]` in two and would silently make it $1."""

import re

from dsl.problems import Problem, Span
from dsl.yaml_nodes import Entry, Scalar, YamlNode

_HEAD = re.compile(r"-?\$?\d{1,3}")
_TAIL = re.compile(r"\d{3}(\.\d+)?( ?[a-z]+)?")


def join_list(items: list[YamlNode], problems: list[Problem]) -> list[YamlNode]:
    """Return the items with the halves of an amount put together again, reported and marked as broken."""
    joined: list[YamlNode] = []
    for item in items:
        before = joined[-1] if joined else None
        if isinstance(before, Scalar) and isinstance(item, Scalar) and _is_one_amount(before, item):
            joined[-1] = _join(before, item)
        else:
            joined.append(item)
    for item in joined:
        _report(item, problems)
    return joined


def join_map(entries: list[Entry], problems: list[Problem]) -> list[Entry]:
    """Return the entries likewise; the second half of an amount looks like a key without a value."""
    joined: list[Entry] = []
    for entry in entries:
        before = joined[-1].value if joined else None
        tail = Scalar(entry.key_span, entry.key_span, entry.key, "plain")
        lonely = isinstance(entry.value, Scalar) and entry.value.is_empty
        if lonely and isinstance(before, Scalar) and _is_one_amount(before, tail, in_map=True):
            joined[-1] = Entry(joined[-1].key, joined[-1].key_span, _join(before, tail))
        else:
            joined.append(entry)
    for entry in joined:
        _report(entry.value, problems)
    return joined


def _is_one_amount(head: Scalar, tail: Scalar, *, in_map: bool = False) -> bool:
    """Say whether only a comma stands between two halves. `[100,200]` may well be two numbers, `$100,200` not."""
    first = head.span.text.split(",")[0]
    return (
        head.style == tail.style == "plain"
        and head.span.end + 1 == tail.span.start
        and _HEAD.fullmatch(first) is not None
        and _TAIL.fullmatch(tail.span.text) is not None
        and (in_map or head.broken or "$" in first or tail.span.text.startswith("0"))
    )


def _join(head: Scalar, tail: Scalar) -> Scalar:
    span = head.span.to(tail.span)
    return Scalar(span, span, span.text, "plain", None, broken=True)


def _report(item: YamlNode, problems: list[Problem]) -> None:
    if not (isinstance(item, Scalar) and item.broken and item.style == "plain"):
        return
    written = item.span.text
    span = Span(item.span.source, item.span.start, item.span.end)
    problems.append(
        Problem(
            "E211",
            f"the comma splits `{written}` in two: this would mean {written.split(',')[0]}",
            span,
            "inside [ ] and { } a comma starts the next entry",
            help=f'write `"{written}"` in quotes, or `{written.replace(",", "")}`',
        )
    )
