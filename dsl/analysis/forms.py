"""Checked expressions as linear forms over atoms: fields, aggregates and calls, each known by what it means."""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

from dsl import kinds
from dsl.analysis.content import content
from dsl.analysis.interval import ANYTHING, SIZE, YES_OR_NO, Interval, exactly
from dsl.analysis.linear import Linear, constant, single
from dsl.analysis.ranges import range_of_aggregate, range_of_constant, range_of_fact, signed_twin
from dsl.fact import Fact
from dsl.nodes import Binary, Negative, Row
from dsl.operations import divide, multiply
from dsl.typed import AggregateUse, Constant, FunctionUse, ItemField, LetUse, Typed
from engine.units import SCALE

MEANT = frozenset({"loss", "profit", "abs", "min", "max"})
"""Functions whose result says something about their arguments."""

INEXACT = (kinds.PRICE,)
"""Kinds whose sums need the instrument: their result is an atom of its own."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that is measured. `word` and `of`: it is a function of other forms, such as the loss of a result."""

    span: Interval
    word: str = ""
    of: tuple[Linear, ...] = ()
    fact: Fact | None = None
    use: AggregateUse | None = None


class Forms:
    """The forms and atoms of one rule. What is written twice, or named under `let:`, is one atom."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.steps = 0
        self._numbers: dict[Hashable, int] = {}
        self._meanings: dict[int, int] = {}
        self._linear: dict[int, Linear] = {}
        self._alive: list[Typed] = []

    def linear(self, typed: Typed) -> Linear:
        """Return the form of an amount."""
        known = self._linear.get(id(typed))
        if known is None:
            known = self._linear[id(typed)] = self._worked_out(typed)
            self._alive.append(typed)  # so that no other node gets its id
        return known

    def range_of(self, form: Linear) -> Interval:
        """Return between which values a form always lies."""
        span = exactly(form.constant)
        for atom, factor in form.terms.items():
            span = span.plus(self.atoms[atom].span.times(factor))
        return span.widened(form.slack)

    def answer(self, typed: Typed) -> int:
        """Return the atom of a yes or no; a question and its opposite (`in`, `not in`) share one."""
        if isinstance(typed.ref, Fact):
            return self.of_fact(typed.ref)
        asked = typed.ref.word if isinstance(typed.ref, FunctionUse) else type(typed.node).__name__
        parts = tuple(self.meaning(part) for part in typed.parts)
        if asked == "Compare":  # `a == b` asks what `b != a` asks
            parts = tuple(sorted(parts))
        asked = "inside" if asked == "outside" else asked
        return self._atom(("answer", asked, parts or self.meaning(typed)), Atom(YES_OR_NO))

    def meaning(self, typed: Typed) -> int:
        """Return a number that two expressions share exactly if they are written the same way, names resolved."""
        known = self._meanings.get(id(typed))
        if known is None:
            known = self._number(("tree", *self._identity(typed)))
            self._meanings[id(typed)] = known
            self._alive.append(typed)
        return known

    def _identity(self, typed: Typed) -> tuple[Hashable, ...]:
        parts = tuple(self.meaning(part) for part in typed.parts)
        match typed.ref:
            case LetUse():
                return ("same", *parts)
            case Constant() as known:
                return ("constant", str(known.kind), content(known.value))
            case Fact() as fact:
                return ("fact", fact.path)
            case ItemField() as item:
                return ("item", item.name)
            case FunctionUse() as use:
                return ("call", use.word, *parts)
            case AggregateUse() as use:
                return ("over", use.word, use.stream.word if use.stream else "", repr(use.span), *parts)
            case _:
                sign = getattr(typed.node, "op", "") or str(getattr(typed.node, "negated", ""))
                return (type(typed.node).__name__, sign, *parts)

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _atom(self, key: Hashable, atom: Atom) -> int:
        """Return the place of an atom; the same key gives the same one."""
        place = self._numbers.get(("atom", key))
        if place is None:
            place = self._numbers[("atom", key)] = len(self.atoms)
            self.atoms.append(atom)
        return place

    def _worked_out(self, typed: Typed) -> Linear:
        match typed.ref:
            case Constant() as known if isinstance(known.value, int):
                return constant(known.value)
            case LetUse():
                return self.linear(typed.parts[0])
            case Fact() as fact:
                return single(self.of_fact(fact))
            case FunctionUse() as use if use.word in MEANT:
                return self._call(typed, use.word)
            case AggregateUse() as use:
                inner = self.range_of(self.linear(typed.parts[0])) if use.has_value else SIZE
                atom = Atom(range_of_aggregate(use, inner), use=use)
                return single(self._atom(("meaning", self.meaning(typed)), atom))
            case _:
                return self._calculation(typed)

    def of_fact(self, fact: Fact) -> int:
        """Return the atom of a field; a loss or profit is known to be one side of the signed result."""
        twin = signed_twin(fact)
        of = (single(self.of_fact(twin[1])),) if twin else ()
        return self._atom(("fact", fact.path), Atom(range_of_fact(fact), twin[0] if twin else "", of, fact))

    def _call(self, typed: Typed, word: str) -> Linear:
        of = tuple(self.linear(part) for part in typed.parts)
        span = SIZE if word in ("loss", "profit", "abs") else ANYTHING
        return single(self._atom(("meaning", self.meaning(typed)), Atom(span, word, of)))

    def _calculation(self, typed: Typed) -> Linear:
        node, needs_instrument = typed.node, any(part.kind in INEXACT for part in typed.parts)
        if isinstance(node, Negative) and typed.parts:
            return self.linear(typed.parts[0]).times(Fraction(-1))
        if isinstance(node, Binary) and typed.parts and not needs_instrument:
            left, right = (self.linear(part) for part in typed.parts)
            form = _combined(node.op, left, right)
            if form is not None:
                return form
        return single(self._atom(("meaning", self.meaning(typed)), Atom(self._rest(typed))))

    def _rest(self, typed: Typed) -> Interval:
        """Return what is known of a look-up or a call whose result is one of some values."""
        if isinstance(typed.ref, ItemField):
            return SIZE if typed.ref.never_negative else ANYTHING
        if isinstance(typed.node, Row) and typed.parts:
            return range_of_constant(typed.parts[0])
        if isinstance(typed.ref, FunctionUse) and typed.ref.word == "nth":
            return range_of_constant(typed.parts[0])
        if isinstance(typed.ref, FunctionUse) and typed.ref.word == "step":
            return range_of_constant(typed.parts[2])
        if isinstance(typed.ref, FunctionUse) and typed.ref.word == "fallback":
            one, other = (self.range_of(self.linear(part)) for part in typed.parts)
            return one.join(other)
        return ANYTHING


def _combined(op: str, left: Linear, right: Linear) -> Linear | None:
    """Return a calculation as one form, None when it is no linear one. Constants are worked out as the guard does."""
    match op:
        case "+" | "-":
            return left.plus(right, 1 if op == "+" else -1)
        case "*" if left.is_constant and right.is_constant:
            return constant(multiply(int(left.constant), int(right.constant)))
        case "*" if right.is_constant:
            return left.times(right.constant / SCALE)
        case "*" if left.is_constant:
            return right.times(left.constant / SCALE)
        case "/" if right.is_constant and right.constant:
            if left.is_constant:
                return constant(divide(int(left.constant), int(right.constant)) or 0)
            return left.times(SCALE / right.constant)
        case _:
            return None
