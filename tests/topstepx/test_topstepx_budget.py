"""The rate budget: what background work may take, and what stays for enforcement."""

import pytest

from connectors.failures import RateLimited
from connectors.topstepx.rest.budget import Budget, Use


class Hand:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def taken(budget: Budget, use: Use, most: int = 500) -> int:
    """Return how many requests go through before one is refused."""
    for count in range(most):
        try:
            budget.take(use)
        except RateLimited:
            return count
    return most


def test_background_work_gets_half_and_enforcement_all_of_the_rest() -> None:
    budget = Budget(200, 100, 60.0, Hand())

    assert taken(budget, Use.BACKGROUND) == 100
    assert taken(budget, Use.ENFORCEMENT) == 100


def test_enforcement_alone_may_use_everything_but_not_more_than_the_venue_allows() -> None:
    assert taken(Budget(200, 100, 60.0, Hand()), Use.ENFORCEMENT) == 200


def test_after_much_enforcement_background_work_leaves_the_last_quarter_alone() -> None:
    budget = Budget(200, 100, 60.0, Hand())
    for _ in range(120):
        budget.take(Use.ENFORCEMENT)

    assert taken(budget, Use.BACKGROUND) == 30


def test_the_window_slides_and_the_wait_that_is_told_is_enough() -> None:
    hand = Hand()
    budget = Budget(200, 100, 60.0, hand)
    for _ in range(100):
        budget.take(Use.BACKGROUND)
        hand.at += 0.1

    with pytest.raises(RateLimited) as caught:
        budget.take(Use.BACKGROUND)
    hand.at += caught.value.wait

    budget.take(Use.BACKGROUND)


def test_when_the_venue_says_too_many_only_background_work_rests() -> None:
    hand = Hand()
    budget = Budget(200, 100, 60.0, hand)

    budget.limited(5.0)

    assert taken(budget, Use.BACKGROUND) == 0
    budget.take(Use.ENFORCEMENT)
    hand.at += 5.0
    budget.take(Use.BACKGROUND)
