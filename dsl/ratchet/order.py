"""Whether one condition holds whenever another does, and one amount is never above another: proved, or not known.

Answers are ordered no < unknown < yes. "Weaker" means that, whatever the facts are, the answer of one is never above
the answer of the other; then unknown facts cannot turn a stricter condition into a laxer one either.
"""

from collections.abc import Callable
from fractions import Fraction

from dsl.analysis.cases import cases
from dsl.analysis.forms import Forms
from dsl.analysis.interval import Interval
from dsl.analysis.known import Known
from dsl.analysis.linear import Linear
from dsl.nodes import Logic, Membership, Not
from dsl.ratchet.hours import is_within
from dsl.ratchet.known import compares_no_less, is_no_more, order_facts
from dsl.ratchet.rows import MOST_ROWS, At, symbols_of
from dsl.ratchet.unknowns import unknowns
from dsl.typed import Constant, FunctionUse, LetUse, Table, Typed

MOST_STEPS = 4_000
"""Pairs of parts that are compared before it is given up; the longest shipped rule needs about 60."""


class Order:
    """Compares expressions of two rules. What both of them measure is one atom of its forms."""

    def __init__(self) -> None:
        self._forms = Forms()
        self._steps = 0

    def same(self, one: Typed | None, other: Typed | None) -> bool:
        """Say whether two expressions are the same calculation, names resolved."""
        if one is None or other is None:
            return one is other
        return self._forms.meaning(one) == self._forms.meaning(other)

    def at_most(self, less: Typed, more: Typed) -> bool:
        """Say whether an amount is never above another, and both are known at the same moments. In doubt: no."""
        if self.same(less, more):
            return True
        if unknowns(less, self._forms) != unknowns(more, self._forms):
            return False
        return self._at_each_symbol(less, more, self._is_no_more)

    def implies(self, one: Typed, other: Typed) -> bool:
        """Say whether `other` holds whenever `one` does, unknown facts included. In doubt: no."""
        return self._below(one, True, other, True)

    def excludes(self, one: Typed, other: Typed) -> bool:
        """Say whether `other` is no whenever `one` is yes, unknown facts included. In doubt: no."""
        return self._below(one, True, other, False)

    def is_unknown_with(self, one: Typed, other: Typed) -> bool:
        """Say whether two conditions are unknown at exactly the same moments. In doubt: no."""
        first, second = _plain(one, True)[0], _plain(other, True)[0]
        is_single = not isinstance(first.node, Logic) and not isinstance(second.node, Logic)
        return self.same(one, other) or (
            is_single and unknowns(first, self._forms) == unknowns(second, self._forms)
        )

    def implies_one_of(self, one: Typed, others: tuple[Typed, ...]) -> bool:
        """Say whether some of the others holds whenever `one` does, unknown facts included. In doubt: no."""
        plain, is_wanted = _plain(one, True)
        if _is(plain, "or", is_wanted) and is_wanted:
            return all(self.implies_one_of(part, others) for part in plain.parts)
        return any(self.implies(one, other) for other in others)

    def _below(self, one: Typed, one_is: bool, other: Typed, other_is: bool) -> bool:
        self._steps += 1
        if self._steps > MOST_STEPS:
            return False
        one, one_is = _plain(one, one_is)
        other, other_is = _plain(other, other_is)
        if one_is == other_is and self.same(one, other):
            return True
        if _is(other, "and", other_is):
            return all(self._below(one, one_is, part, other_is) for part in other.parts)
        if _is(one, "or", one_is):
            return all(self._below(part, one_is, other, other_is) for part in one.parts)
        if _is(one, "and", one_is) and any(self._below(part, one_is, other, other_is) for part in one.parts):
            return True
        if _is(other, "or", other_is):
            return any(self._below(one, one_is, part, other_is) for part in other.parts)
        if isinstance(one.node, Logic):
            return False
        return self._leaf(one, one_is, other, other_is)

    def _leaf(self, one: Typed, one_is: bool, other: Typed, other_is: bool) -> bool:
        if isinstance(one.node, Membership) and isinstance(other.node, Membership):
            return self._members(one, one_is, other, other_is)
        if isinstance(one.ref, FunctionUse) and isinstance(other.ref, FunctionUse):
            return self._called(one, one_is, other, other_is)
        if unknowns(one, self._forms) != unknowns(other, self._forms):
            return False

        def never_apart(first: Typed, second: Typed) -> bool:
            follows = compares_no_less(first, one_is, second, other_is, self._forms)
            return follows or self._never(first, one_is, second, not other_is)

        return self._at_each_symbol(one, other, never_apart)

    def _never(self, one: Typed, one_is: bool, other: Typed, other_is: bool) -> bool:
        """Say whether no state exists in which both answers are as given."""
        found = cases(other, other_is, cases(one, one_is, [self._start(one, other)]))
        return not any(case.settled() is not None for case in found)

    def _is_no_more(self, less: Typed, more: Typed) -> bool:
        difference = self._forms.linear(more).plus(self._forms.linear(less), -1)
        low = self._start(less, more).of(difference).low
        return (low is not None and low >= 0) or is_no_more(less, more, self._forms)

    def _start(self, one: Typed, other: Typed) -> Known:
        """Return the case in which nothing is known but what always holds between the atoms of both."""
        known: Known = Known(self._forms)
        for lower, higher in order_facts(one, other, self._forms):
            difference = Linear({higher: Fraction(1), lower: Fraction(-1)})
            within = known.within(difference, Interval(Fraction(0), None))
            known = within if within is not None else known
        return known

    def _at_each_symbol(self, one: Typed, other: Typed, holds: Callable[[Typed, Typed], bool]) -> bool:
        symbols = symbols_of(one, other)
        if len(symbols) > MOST_ROWS:
            return False
        for symbol in symbols:
            at = At(symbol)
            first, second = at.of(one), at.of(other)
            if first is None or second is None:
                return False
            if not self.same(first, second) and not holds(first, second):
                return False
        return True

    def _members(self, one: Typed, one_is: bool, other: Typed, other_is: bool) -> bool:
        assert isinstance(one.node, Membership)
        assert isinstance(other.node, Membership)
        is_in = one_is != one.node.negated
        if is_in != (other_is != other.node.negated) or not self.same(one.parts[0], other.parts[0]):
            return False
        first, second = _entries(one.parts[1]), _entries(other.parts[1])
        if first is None or second is None:
            return False
        return first <= second if is_in else second <= first

    def _called(self, one: Typed, one_is: bool, other: Typed, other_is: bool) -> bool:
        assert isinstance(one.ref, FunctionUse)
        assert isinstance(other.ref, FunctionUse)
        words = (one.ref.word, other.ref.word)
        if words == ("near", "near") and one_is == other_is and self.same(one.parts[0], other.parts[0]):
            less, more = (one, other) if one_is else (other, one)
            pairs = zip(less.parts[1:], more.parts[1:], strict=True)
            return all(self.at_most(shorter, longer) for shorter, longer in pairs)
        if set(words) <= {"inside", "outside"}:
            one_inside, other_inside = (words[0] == "inside") == one_is, (words[1] == "inside") == other_is
            less, more = (one, other) if one_inside else (other, one)
            return one_inside == other_inside and self._at_each_symbol(
                less.parts[0], more.parts[0], is_within
            )
        return False


def _plain(typed: Typed, wanted: bool) -> tuple[Typed, bool]:
    """Return a condition without names and without `not` in front of it."""
    while isinstance(typed.ref, LetUse) or isinstance(typed.node, Not):
        wanted = wanted if isinstance(typed.ref, LetUse) else not wanted
        typed = typed.parts[0]
    return typed, wanted


def _is(typed: Typed, word: str, wanted: bool) -> bool:
    """Say whether a condition is one of this kind as it is wanted: that `a or b` is no is an `and`."""
    return isinstance(typed.node, Logic) and bool(typed.parts) and (typed.node.op == word) == wanted


def _entries(typed: Typed) -> frozenset[object] | None:
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    held = typed.ref.value if isinstance(typed.ref, Constant) else None
    if isinstance(held, Table):
        return frozenset(held.rows)
    return (
        frozenset(held)
        if isinstance(held, tuple) and isinstance(typed.ref, Constant) and _is_list(typed)
        else None
    )


def _is_list(typed: Typed) -> bool:
    return typed.kind.of is not None
