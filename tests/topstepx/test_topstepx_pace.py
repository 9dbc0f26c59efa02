"""How often accounts are read by REST: fast where something is at stake, seldom where not, never beyond the budget."""

import pytest

from connectors.topstepx.pace import FULL, GLANCE, pace_of
from connectors.topstepx.settings import Timings

DEFAULTS = Timings()
SHARE = DEFAULTS.requests_background


@pytest.mark.parametrize(
    ("at_stake", "idle", "is_live", "fast", "slow"),
    [
        (1, 0, False, 2.0, 3.0),
        (0, 1, False, 2.0, 3.0),
        (1, 1, False, 2.1, 10.0),
        (2, 0, False, 3.8, 3.0),
        (1, 4, False, 3.3, 10.0),
        (0, 5, False, 2.0, 5.3),
        (0, 14, False, 2.0, 14.9),
        (1, 13, False, 3.8, 27.7),
        (1, 0, True, 10.0, 10.0),
        (0, 1, True, 10.0, 10.0),
        (2, 3, True, 14.4, 12.0),
    ],
)
def test_the_pace_of_the_defaults_is_what_is_documented(
    at_stake: int, idle: int, is_live: bool, fast: float, slow: float
) -> None:
    pace = pace_of(at_stake, idle, is_live=is_live, timings=DEFAULTS)

    if at_stake:
        assert pace.at_stake == pytest.approx(fast, abs=0.1)
    if idle:
        assert pace.idle == pytest.approx(slow, abs=0.1)


def test_however_many_accounts_there_are_polls_stay_within_half_of_what_the_venue_allows() -> None:
    for is_live in (False, True):
        for at_stake in range(25):
            for idle in range(25):
                pace = pace_of(at_stake, idle, is_live=is_live, timings=DEFAULTS)
                asked = 60 * (at_stake * FULL / pace.at_stake + idle * GLANCE / pace.idle)
                lists = 0 if is_live else 60 / DEFAULTS.account_age
                assert asked + lists <= SHARE + 1e-6, (at_stake, idle, is_live, pace)
