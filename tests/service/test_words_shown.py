"""Amounts, days and sentences as people see them."""

import pytest

from engine.enforcement import Enforcement, Progress, Reason
from engine.instruments import Instrument
from engine.locks import EndKind, LockEnd
from engine.state import State
from engine.units import HOUR, PRICE_SCALE, SCALE, SECOND, Instant, Money, Price
from service import rules_source
from service.iso import amount, iso, milliseconds, money, price
from service.published.days import trading_day
from service.wording import enforcement_text, lock_end

NOON = Instant(1_794_927_600 * SECOND)  # 2026-11-17 15:00 UTC, a Tuesday
CALENDAR = rules_source.empty().rules.settings.calendar
MNQ = "CON.F.US.MNQ.Z26"


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (0, "0.00"),
        (1_500_000, "1.50"),
        (-12_340_000, "-12.34"),
        (7_812_500, "7.8125"),
        (1, "0.000001"),
        (None, None),
    ],
)
def test_money_has_its_cents_and_never_loses_a_part(steps: int | None, text: str | None) -> None:
    assert money(steps) == text


def test_quantities_and_prices_are_plain_decimals() -> None:
    assert [amount(steps) for steps in (0, 3 * SCALE, -SCALE // 2, None)] == ["0", "3", "-0.5", None]
    assert amount(100 * SCALE) == "100"
    assert price(25_510 * PRICE_SCALE + PRICE_SCALE // 4) == "25510.25"
    assert milliseconds(0, 1_499) == 1
    assert iso(0) == "1970-01-01T00:00:00.000+00:00"


@pytest.mark.parametrize(
    ("hours", "day"),
    [(0, "2026-11-17"), (7.99, "2026-11-17"), (8, "2026-11-18"), (72 + 8, "2026-11-23"), (120, "2026-11-23")],
)
def test_the_trading_day_carries_the_date_on_which_it_ends(hours: float, day: str) -> None:
    """15:00 UTC is 09:00 in Chicago; after Friday's end the next trading day is Monday's."""
    assert trading_day(CALENDAR, Instant(NOON + int(hours * HOUR))) == day


def test_the_end_of_a_lock_is_said_in_words() -> None:
    ends = [
        LockEnd(EndKind.INSTANT, Instant(NOON + 8 * HOUR)),
        LockEnd(EndKind.MANUAL),
        LockEnd(EndKind.CONDITION, Instant(NOON + HOUR), "fewer than 3 trades an hour"),
    ]

    assert [lock_end(end, CALENDAR, NOON) for end in ends] == [
        "17:00 CST",
        "manual",
        "fewer than 3 trades an hour (about 10:00 CST)",
    ]


@pytest.mark.parametrize(
    ("before", "targets", "progress", "text"),
    [
        (
            {MNQ: 5},
            {MNQ: 2},
            Progress.PROVEN,
            "reduce long 5 MNQZ6 to at most 2 MNQZ6: done, the venue shows it",
        ),
        ({MNQ: -1}, {MNQ: 0}, Progress.OPEN, "close short 1 MNQZ6: under way (the venue says: not now)"),
        (
            {},
            {MNQ: 0},
            Progress.ESCALATED,
            "cancel orders: NOT DONE YET, look at the platform (the venue says: not now)",
        ),
        ({"CON.X": 1}, {"CON.X": 0}, Progress.PROVEN, "close long 1 CON.X: done, the venue shows it"),
    ],
)
def test_an_enforcement_says_what_it_does(
    before: dict[str, int], targets: dict[str, int], progress: Progress, text: str
) -> None:
    listed = {MNQ: Instrument(MNQ, "MNQ", "MNQZ6", "MNQ", Price(1), Money(1))}
    said = "" if progress is Progress.PROVEN else "not now"
    one = Enforcement(
        "E1", (Reason("r", "", "why"),), targets, before, False, NOON, progress=progress, text=said
    )

    assert enforcement_text(one, State(7, instruments=listed)) == text
