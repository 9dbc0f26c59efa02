"""Messages, taken apart: the text between the braces, and where each brace stands in the file."""

from dataclasses import dataclass

from dsl.problems import Problem, Span
from dsl.yaml_nodes import Scalar


@dataclass(frozen=True, slots=True)
class Template:
    """A message. `texts` are one more than `slots`; a slot is the place of an expression in the file."""

    texts: tuple[str, ...]
    slots: tuple[Span, ...]


def take_apart(message: Scalar, problems: list[Problem]) -> Template | None:
    """Return the parts of a message, None when its braces do not fit (reported).

    The words are YAML's (lines folded), the expressions are read from the file itself, so that places are exact.
    """
    if message.broken:
        return None
    slots = _slots(message.span, problems)
    if slots is None:
        return None
    texts = _texts(message.text)
    if len(texts) != len(slots) + 1:
        problems.append(
            Problem(
                "E701",
                "the braces of this message are hidden by a backslash",
                message.span,
                help="write the message below `message: >`, where nothing needs a backslash",
            )
        )
        return None
    return Template(texts, slots)


def _slots(span: Span, problems: list[Problem]) -> tuple[Span, ...] | None:
    found: list[Span] = []
    opened: int | None = None
    for offset, character in enumerate(span.text, span.start):
        if character == "{" and opened is None:
            opened = offset + 1
        elif character == "}" and opened is not None:
            found.append(Span(span.source, opened, offset))
            opened = None
        elif character in "{}":
            problems.append(_unbalanced(Span(span.source, offset, offset + 1)))
            return None
    if opened is not None:
        problems.append(_unbalanced(Span(span.source, opened - 1, opened)))
        return None
    return tuple(found)


def _unbalanced(span: Span) -> Problem:
    help_text = "write a name between `{` and `}`, or remove the brace"
    return Problem("E701", "this brace has no partner", span, help=help_text)


def _texts(text: str) -> tuple[str, ...]:
    pieces = text.replace("}", "{").split("{")
    return tuple(" ".join(piece.split("\n")) for piece in pieces[::2])
