"""What a YAML file must not have: too many nodes, too much depth, anchors, aliases, tags, several documents.

The events are looked at one by one, before any node is made, so that a hostile file costs no more than its limits.
"""

import yaml

from dsl.limits import YAML_DEPTH, YAML_NODES
from dsl.problems import Problem, Source, Span

LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only its scanner and composer are used, never its constructor. The fast one where it was built."""


def check_events(source: Source) -> Problem | None:
    """Return what is wrong with the file before it is composed, or None. Raises yaml.YAMLError on broken YAML."""
    depth = nodes = documents = 0
    for event in yaml.parse(source.text, Loader=LOADER):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            problem = _document(source, event, documents)
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            problem = _machinery(source, event)
        else:
            problem = None
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if problem or depth > YAML_DEPTH or nodes > YAML_NODES:
            return problem or _too_large(source, event, depth)
    return None


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None, "an event that was parsed has marks"
    return event.start_mark.index


def _too_large(source: Source, event: yaml.Event, depth: int) -> Problem:
    span = Span(source, _start(event), _start(event) + 1)
    if depth > YAML_DEPTH:
        return Problem(
            "E011",
            f"more than {YAML_DEPTH} levels inside each other",
            span,
            help="no rule needs more than six levels: look for a bracket too many",
        )
    return Problem(
        "E011",
        f"the file has more than {YAML_NODES:,} values",
        span,
        help="split the lists over several files",
    )


def _document(source: Source, event: yaml.DocumentStartEvent, number: int) -> Problem | None:
    if number > 1:
        return Problem(
            "E010",
            "a second document starts here",
            Span(source, _start(event), _start(event) + 3),
            help="one file holds one rule: move what follows `---` to a file of its own",
        )
    if event.version or event.tags:
        return Problem(
            "E010",
            "a line that starts with `%` is an order to YAML, and none is used here",
            Span(source, _start(event), _start(event) + 1),
            help="delete the line",
        )
    return None


def _machinery(source: Source, event: yaml.NodeEvent) -> Problem | None:
    start = _start(event)
    word = source.text[start:].split(None, 1)[0]
    span = Span(source, start, start + len(word))
    if isinstance(event, yaml.AliasEvent):
        return Problem(
            "E010",
            f"`{word}` asks YAML for a copy, and copies are not used here",
            span,
            help="write the value itself",
        )
    if event.anchor is not None:
        return Problem(
            "E010", f"`{word}` gives a name to YAML, and such names are not used here", span, help="delete it"
        )
    if getattr(event, "tag", None) is not None:
        return _tag(source, event, span, word)
    return None


def _tag(source: Source, event: yaml.NodeEvent, span: Span, word: str) -> Problem:
    if word[1:2].isalpha() and word[1:2].islower():
        return Problem(
            "E102",
            "`!` is not an operator here",
            Span(source, span.start, span.start + 1),
            help="write `not`",
        )
    return Problem("E010", f"`{word}` gives YAML a type, and types are not used here", span, help="delete it")
