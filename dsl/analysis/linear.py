"""Linear forms: what a calculation adds up, as amounts times factors. Everything the language compares fits in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Vector = tuple[tuple[int, Fraction], ...]
"""Atoms, by number, with their factors, the first of them 1: two forms with one vector measure the same."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`terms` times their atoms, plus `constant`, in steps of the unit.

    `slack`: how many steps the guard's own value can be away from this exact one, because it rounds each product.
    """

    terms: Mapping[int, Fraction]
    constant: Fraction = Fraction(0)
    slack: Fraction = Fraction(0)

    @property
    def is_constant(self) -> bool:
        return not self.terms

    def plus(self, other: "Linear", sign: int = 1) -> "Linear":
        """Return the sum, or with `sign` -1 the difference."""
        terms = dict(self.terms)
        for atom, factor in other.terms.items():
            terms[atom] = terms.get(atom, Fraction(0)) + sign * factor
        kept = {atom: factor for atom, factor in terms.items() if factor}
        return Linear(kept, self.constant + sign * other.constant, self.slack + other.slack)

    def times(self, factor: Fraction) -> "Linear":
        """Return the form times a factor."""
        if not factor:
            return Linear({})
        rounding = Fraction(0 if self.is_constant or factor.denominator == 1 else 1)
        terms = {atom: factor * own for atom, own in self.terms.items()}
        return Linear(terms, self.constant * factor, self.slack * abs(factor) + rounding)

    def direction(self) -> tuple[Vector, Fraction]:
        """Return the vector of the form and the factor with which it stands there; the form has terms."""
        atoms = sorted(self.terms)
        lead = self.terms[atoms[0]]
        return tuple((atom, self.terms[atom] / lead) for atom in atoms), lead


def constant(value: int | Fraction) -> Linear:
    """Return a form without atoms."""
    return Linear({}, Fraction(value))


def single(atom: int) -> Linear:
    """Return the form of one atom."""
    return Linear({atom: Fraction(1)})
