"""Quantities and times read as traders write them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cli.moments import countdown, length, short_time
from cli.views.amounts import against, money, price, quantity, seconds

NOW = datetime(2026, 11, 24, 20, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("512", "$512"), ("1234567.5", "$1,234,567.50"), ("-12.5", "-$12.50"), ("0", "$0"), ("-0.001", "$0")],
)
def test_money_has_its_sign_before_the_dollar(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


def test_a_gain_carries_its_plus_where_asked() -> None:
    assert money(Decimal(12), signed=True) == "+$12"
    assert money(Decimal(0), signed=True) == "$0"


@pytest.mark.parametrize(
    ("value", "limit", "unit", "label", "text"),
    [
        ("512", "500", "money", "lost today", "$512 / $500 lost today"),
        ("3", "5", "contracts", "contracts held", "3/5 contracts held"),
        ("3", "5", "contracts", "", "3/5 contracts"),
        (None, "5", "contracts", "", "?/5 contracts"),
        ("0.4", "0.5", "percent", "", "40% / 50%"),
        ("95", "300", "duration", "", "1m 35s / 5m 00s"),
        ("3", "10", "number", "trades this hour", "3/10 trades this hour"),
        ("2", "1000000000000000000000000", "contracts", "contracts held", "2/unlimited contracts held"),
        (None, None, "", "", ""),
        (None, None, "", "not active yet", "not active yet"),
    ],
)
def test_a_gauge_says_value_and_limit(
    value: str | None, limit: str, unit: str, label: str, text: str
) -> None:
    given = [None if one is None else Decimal(one) for one in (value, limit)]
    assert against(given[0], given[1], unit, label) == text


def test_a_price_has_no_separators_and_no_tail() -> None:
    assert price(Decimal("25510.250000")) == "25510.25"
    assert price(Decimal("113.00390625")) == "113.00390625"
    assert price(Decimal("6850.166666667")) == "6850.17"
    assert price(Decimal("1.085333333")) == "1.08533"
    assert quantity(Decimal("1000.50"), "ticks") == "1,000.5"


@pytest.mark.parametrize(("ms", "text"), [("4", "4 ms"), ("412", "0.4 s"), ("12345", "12 s")])
def test_short_times_are_short(ms: str, text: str) -> None:
    assert seconds(Decimal(ms)) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (0, "now"),
        (-5, "now"),
        (0.2, "1s"),
        (59, "59s"),
        (1694, "28m 14s"),
        (9390, "2h 36m"),
        (273_600, "3d 4h"),
    ],
)
def test_a_countdown_never_shows_less_than_is_left(left: float, text: str) -> None:
    assert countdown(NOW + timedelta(seconds=left), NOW) == text


def test_a_length_is_never_negative() -> None:
    assert length(timedelta(seconds=-3)) == "0s"


def test_another_day_carries_its_weekday() -> None:
    chicago = ZoneInfo("America/Chicago")

    assert short_time(NOW + timedelta(hours=1), NOW, chicago) == "15:23 CST"
    assert short_time(NOW + timedelta(hours=18), NOW, chicago) == "Wed 08:23 CST"
