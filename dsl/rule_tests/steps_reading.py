"""From the text of a step to its parts."""

from functools import cache
from pathlib import Path

from lark import Lark, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from dsl.amounts import BadAmount
from dsl.problems import Problem, Span
from dsl.rule_tests.steps import Step
from dsl.rule_tests.steps_events import BadStep, EventReading
from dsl.rule_tests.steps_expected import ExpectationReading

_GRAMMAR = Path(__file__).with_name("steps.lark")
_EXAMPLE = "a step is `time event -> what follows`, such as `09:05 trade ES -$300 -> warn`"


class _Reading(EventReading, ExpectationReading):
    """Builds the shapes of `steps` from the grammar's tree."""


@cache
def parser() -> Lark:
    """Return the parser of one step."""
    return Lark(_GRAMMAR.read_text(encoding="utf-8"), parser="lalr", maybe_placeholders=True)


def read_step(span: Span, problems: list[Problem]) -> Step | None:
    """Return a step, or None after appending what is wrong with it."""
    try:
        when, event, *expects = _Reading().transform(parser().parse(span.text)).children
    except UnexpectedInput as error:
        is_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        problems.append(_unread(span, len(span.text) if is_end else error.pos_in_stream))
        return None
    except VisitError as error:
        if not isinstance(error.orig_exc, BadStep | BadAmount):
            raise
        problems.append(Problem("E802", str(error.orig_exc), span))
        return None
    return Step(span, when, event, tuple(found for found in expects if found is not None))


def _unread(span: Span, at: int | None) -> Problem:
    at = at or 0
    rest = span.text[at:]
    if not rest.strip():
        return Problem("E801", "this step is not finished", span, help=_EXAMPLE)
    start = span.start + at
    place = Span(span.source, start, start + len(rest.split()[0]))
    return Problem("E801", "this step cannot be read from here on", place, help=_EXAMPLE)
