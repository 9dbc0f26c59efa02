"""`check` says what the guard then does: asked in random situations of the simulator's world, and then the order sent."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

Ask = Callable[[int, int], Iterator[Any]]
EACH = 4
"""Questions a world."""


def differences(asked: Ask, first: int, worlds: int) -> tuple[list[str], int, int]:
    """Return where the check was wrong, and how often it said that the order would be closed, or be left alone."""
    wrong, closed, left = [], 0, 0
    for seed in range(first, first + worlds):
        for one in asked(seed, EACH):
            closed, left = closed + one.checked.is_closed, left + (not one.checked.is_closed)
            wrong += [one.difference()] if one.difference() else []
    return wrong, closed, left


def test_a_hundred_answers_are_what_the_guard_then_does(asked: Ask) -> None:
    wrong, closed, left = differences(asked, 0, 25)

    assert wrong == []
    assert closed + left == 100
    assert min(closed, left) >= 20, "both answers have to be tried"


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(25, 525, 25))
def test_two_thousand_answers_are_what_the_guard_then_does(asked: Ask, first: int) -> None:
    wrong, _, _ = differences(asked, first, 25)

    assert wrong == []
