"""What is known in one case: between which values each form lies, and what follows for the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from dsl.analysis.forms import Atom, Forms
from dsl.analysis.interval import Interval, exactly
from dsl.analysis.linear import Linear, Vector

ROUNDS = 3
"""How often what is known is passed on. More could find more, never less: what is not found is not reported."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case. Everything that is not in `spans` has the range that the catalogue gives it."""

    forms: Forms
    spans: Mapping[Vector, Interval] = field(default_factory=dict)

    def span(self, vector: Vector) -> Interval:
        """Return between which values a direction lies, for all that is known."""
        if len(vector) == 1:
            return self.spans.get(vector, self.forms.atoms[vector[0][0]].span)
        added = exactly(0)
        for atom, factor in vector:
            added = added.plus(self.span(((atom, Fraction(1)),)).times(factor))
        return added.meet(self.spans.get(vector, Interval()))

    def of(self, form: Linear) -> Interval:
        """Return between which values a form lies."""
        if form.is_constant:
            return exactly(form.constant).widened(form.slack)
        vector, lead = form.direction()
        return self.span(vector).times(lead).plus(exactly(form.constant)).widened(form.slack)

    def within(self, form: Linear, wanted: Interval) -> "Known | None":
        """Return what is known if a form lies in an interval; None if it never does."""
        wanted = wanted.widened(form.slack)
        if form.is_constant:
            return None if exactly(form.constant).meet(wanted).is_empty else self
        vector, lead = form.direction()
        span = wanted.plus(exactly(-form.constant)).times(1 / lead)
        if all(factor.denominator == 1 for _, factor in vector):
            span = span.in_steps()
        span = self.span(vector).meet(span)
        return None if span.is_empty else Known(self.forms, {**self.spans, vector: span})

    def settled(self) -> "Known | None":
        """Return the case with everything passed on that follows; None if it contradicts itself."""
        case: Known | None = self
        for _ in range(ROUNDS):
            before = case
            for atom, what in self._concerned():
                case = case._passed_on(atom, what) if case is not None else None
            case = case._divided() if case is not None else None
            if case is None or before is None or case.spans == before.spans:
                return case
        return case

    def _concerned(self) -> Iterable[tuple[int, Atom]]:
        return ((number, atom) for number, atom in enumerate(self.forms.atoms) if atom.word)

    def _passed_on(self, number: int, atom: Atom) -> "Known | None":
        """Pass on between the result of a function and what it is worked out from."""
        case: Known | None = self
        span = self.span(((number, Fraction(1)),))
        for form, wanted in zip(atom.of, _backwards(atom.word, span, len(atom.of)), strict=True):
            case = case.within(form, wanted) if case is not None else None
        if case is None:
            return None
        result = _forwards(atom.word, [case.of(form) for form in atom.of])
        return case.within(Linear({number: Fraction(1)}), result)

    def _divided(self) -> "Known | None":
        """Pass on from sums to what is added: if a + b is at most 5 and b at least 3, a is at most 2."""
        case: Known | None = self
        for vector, span in self.spans.items():
            for atom, factor in vector if len(vector) > 1 else ():
                if case is None:
                    return None
                rest = exactly(0)
                for other, weight in vector:
                    if other != atom:
                        rest = rest.plus(case.span(((other, Fraction(1)),)).times(weight))
                own = span.plus(rest.times(Fraction(-1))).times(1 / factor)
                case = case.within(Linear({atom: Fraction(1)}), own)
        return case


def _forwards(word: str, of: list[Interval]) -> Interval:
    first = of[0]
    match word:
        case "loss":
            return first.times(Fraction(-1)).at_least(0)
        case "profit":
            return first.at_least(0)
        case "abs":
            sides = first.at_least(0).join(first.times(Fraction(-1)).at_least(0))
            return sides if first.low is None or first.low < 0 else first
        case "min":
            return _smaller(first, of[1])
        case _:
            turned = [span.times(Fraction(-1)) for span in of]
            return _smaller(turned[0], turned[1]).times(Fraction(-1))


def _smaller(one: Interval, other: Interval) -> Interval:
    highs = [span.high for span in (one, other) if span.high is not None]
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    return Interval(low, min(highs, default=None))


def _backwards(word: str, span: Interval, count: int) -> list[Interval]:
    """Return what the result of a function says about each of its arguments."""
    low = span.low if span.low is not None and span.low > 0 else None
    match word:
        case "loss":
            return [Interval(None if span.high is None else -span.high, None if low is None else -low)]
        case "profit":
            return [Interval(low, span.high)]
        case "abs":
            return [Interval(None if span.high is None else -span.high, span.high)]
        case "min":
            return [Interval(span.low, None)] * count
        case _:
            return [Interval(None, span.high)] * count
