"""What a YAML file must not have: too many nodes, too much depth, anchors, aliases, tags, several documents.

The events are looked at one by one, before any node is made, so that a hostile file costs no more than its limits.
"""

import re

import yaml

from dsl.limits import SCALAR_CHARACTERS, YAML_DEPTH, YAML_NODES
from dsl.problems import Problem, Source, Span
from dsl.yaml_depth import too_deep

_WORD = re.compile(r"<<|\S+")

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
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > SCALAR_CHARACTERS:
            problem = problem or _giant(source, event)
        if problem or depth > YAML_DEPTH or nodes > YAML_NODES:
            return problem or _too_large(source, event, depth)
    return None


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None, "an event that was parsed has marks"
    return event.start_mark.index


def _too_large(source: Source, event: yaml.Event, depth: int) -> Problem:
    span = Span(source, _start(event), _start(event) + 1)
    if depth > YAML_DEPTH:
        return too_deep(span)
    return Problem(
        "E011",
        f"the file has more than {YAML_NODES:,} values",
        span,
        help="split the lists over several files",
    )


def _giant(source: Source, event: yaml.Event) -> Problem:
    return Problem(
        "E011",
        f"this value has more than {SCALAR_CHARACTERS:,} characters",
        Span(source, _start(event), _start(event) + 1),
        help="shorten it, or look for a quote that is never closed",
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
    if isinstance(event, yaml.AliasEvent):
        message, advice = "asks YAML for a copy, and copies are not used here", "write the value itself"
    elif event.anchor is not None:
        message, advice = "gives a name to YAML, and such names are not used here", "delete it"
    elif getattr(event, "tag", None) is not None:
        return _tag(source, event)
    elif isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
        message, advice = "asks YAML to merge, and merging is not used here", "write the values themselves"
    else:
        return None
    span = _word_at(source, _start(event))
    return Problem("E010", f"`{span.text}` {message}", span, help=advice)


def _word_at(source: Source, start: int) -> Span:
    found = _WORD.match(source.text, start)
    return Span(source, start, found.end() if found else start + 1)


def _tag(source: Source, event: yaml.NodeEvent) -> Problem:
    span = _word_at(source, _start(event))
    if span.text[1:2].isalpha() and span.text[1:2].islower():
        bang = Span(source, span.start, span.start + 1)
        return Problem("E102", "`!` is not an operator here", bang, help="write `not`")
    message = f"`{span.text}` gives YAML a type, and types are not used here"
    return Problem("E010", message, span, help="delete it")
