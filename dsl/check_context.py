"""What a check carries along: names in reach, the ruleset, the problems found so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dsl.document_parts import Let, Param
from dsl.problems import Mark, Problem, Span
from dsl.ruleset_info import RulesetInfo
from dsl.streams import StreamSpec
from dsl.typed import Constant, Typed


@dataclass(slots=True)
class Context:
    """The surroundings of one expression. What is found is shared by all contexts of a rule.

    `item` is the stream whose items the expression looks at, inside an aggregate. `known` are the names under `let:`
    that are worked out.
    """

    scope: str
    scope_span: Span | None
    params: Mapping[str, Constant]
    written: Mapping[str, Param]
    lets: Mapping[str, Let]
    has_reset: bool
    ruleset: RulesetInfo
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    known: dict[str, Typed] = field(default_factory=dict)
    item: StreamSpec | None = None

    def inside(self, stream: StreamSpec | None) -> "Context":
        """Return the context of what stands inside an aggregate over a stream."""
        return replace(self, item=stream)

    def report(
        self,
        code: str,
        message: str,
        span: Span,
        label: str = "",
        marks: tuple[Mark, ...] = (),
        help: str = "",  # noqa: A002  the word of the diagnostics
        notes: tuple[str, ...] = (),
    ) -> None:
        """Note an error."""
        self.problems.append(Problem(code, message, span, label, marks, help, notes))

    def warn(self, code: str, message: str, span: Span, label: str = "", help: str = "") -> None:  # noqa: A002
        """Note a doubt, which does not stop the ruleset."""
        self.problems.append(Problem(code, message, span, label, (), help, (), "warning"))
