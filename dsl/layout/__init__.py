"""`risk fmt`: the one layout of rule files. Comments stay, blank lines stay, what a file says stays."""

from dsl.layout.same import says_the_same
from dsl.layout.writer import Writer
from dsl.problems import Problem, Source, Span, has_errors
from dsl.rule_files import BESIDE
from dsl.yaml_read import read_yaml

__all__ = ["formatted"]


def formatted(source: Source, problems: list[Problem]) -> str | None:
    """Return the file in its one layout, or None when it cannot be read (reported).

    What comes out is read again and compared before it is given back: a formatter must never change a limit.
    """
    found: list[Problem] = []
    root = read_yaml(source, found)
    problems += found
    if root is None or has_errors(found):
        return None
    is_rule = source.path.rpartition("/")[2] not in BESIDE
    text = Writer(source, root, is_rule=is_rule).text()
    if not says_the_same(source, Source(source.path, text)):
        message = "this file is written in a way that cannot be laid out without changing it"
        span = Span(source, 0, len(source.text.split("\n", 1)[0]))
        problems.append(Problem("E007", message, span, help="write each setting as `name: value`"))
        return None
    return text
