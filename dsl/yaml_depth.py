"""How deep a file may be nested, and what is said of one that goes deeper."""

from dsl.limits import YAML_DEPTH
from dsl.problems import Problem, Span


def too_deep(span: Span) -> Problem:
    """Return the problem of a bracket or a dash too many, at the place where it was noticed."""
    return Problem(
        "E011",
        f"more than {YAML_DEPTH} levels inside each other",
        span,
        help="no rule needs more than six levels: look for a bracket too many",
    )
