"""The syntax tree of an expression. Two nodes are equal when they mean the same, wherever they were written."""

from dataclasses import dataclass, field
from typing import Literal as Choice

from dsl.kinds import Kind
from dsl.problems import Span

WindowKind = Choice["over_last", "over", "since"]
ArithmeticSign = Choice["+", "-", "*", "/"]
CompareSign = Choice["<=", ">=", "==", "!=", "<", ">"]
LogicWord = Choice["and", "or"]


@dataclass(frozen=True, slots=True)
class Literal:
    """An amount, a symbol, a text. `value` is in steps of its unit (`engine/units.py`), `text` as written.

    Money, contracts, ticks, points, numbers and percents are millionths (100% is 1_000_000), durations and times of
    day microseconds, a time range the pair of them, a date its ISO text, `unlimited` the word itself.
    """

    span: Span = field(compare=False, repr=False)
    kind: Kind
    value: int | str | bool | tuple[int, int]
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A field (`account.equity`) or a name of the rule's own (`limit`)."""

    span: Span = field(compare=False, repr=False)
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class WindowNode:
    """`over last 1h` (`length` in microseconds), `over session`, `since reset`. `name` is `last` for the first."""

    span: Span = field(compare=False, repr=False)
    kind: WindowKind
    name: str
    length: int | None
    name_span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument: a value, or what an aggregate takes (`pnl of trades where symbol == ES over session`)."""

    span: Span = field(compare=False, repr=False)
    value: "Node"
    of: str | None = None
    of_span: Span | None = field(default=None, compare=False, repr=False)
    where: "Node | None" = None
    window: WindowNode | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an aggregate with its arguments."""

    span: Span = field(compare=False, repr=False)
    function: str
    name_span: Span = field(compare=False, repr=False)
    args: tuple[Arg, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic on two values."""

    span: Span = field(compare=False, repr=False)
    op: ArithmeticSign
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus in front of a value."""

    span: Span = field(compare=False, repr=False)
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values."""

    span: Span = field(compare=False, repr=False)
    op: CompareSign
    op_span: Span = field(compare=False, repr=False)
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Logic:
    """Two or more conditions joined by the same word; `a and b and c` is one node."""

    span: Span = field(compare=False, repr=False)
    op: LogicWord
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    span: Span = field(compare=False, repr=False)
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Membership:
    """`item in container` or `item not in container`."""

    span: Span = field(compare=False, repr=False)
    negated: bool
    item: "Node"
    container: "Node"


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a table: `limits[symbol]`."""

    span: Span = field(compare=False, repr=False)
    table: "Node"
    index: "Node"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list written out; the value of a list parameter too."""

    span: Span = field(compare=False, repr=False)
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Bad:
    """What could not be parsed. Its problem is already reported; it fits everywhere and stays silent."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table by symbol; `key` is a symbol or `other`."""

    key: str
    key_span: Span = field(compare=False, repr=False)
    value: "Value"


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table by symbol: the value of a parameter or of a shared list, never part of an expression."""

    span: Span = field(compare=False, repr=False)
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ScheduleOf:
    """Opening hours: the value of a parameter or a row. What is not written is None or empty.

    `tz` is text, `days` are texts (`MON` ... `SUN`), `hours` time ranges, `closed_on` a list of dates or a name
    (`lists.holidays`), `lead` a duration.
    """

    span: Span = field(compare=False, repr=False)
    tz: Literal | None
    days: tuple[Literal, ...]
    hours: tuple[Literal, ...]
    closed_on: "Node | None"
    lead: Literal | None


Node = Literal | Name | Call | Binary | Negative | Compare | Logic | Not | Membership | Row | ListOf | Bad

Value = Node | TableOf | ScheduleOf
"""What a parameter may be: of the nodes only literals and lists of them, or `Bad`."""
