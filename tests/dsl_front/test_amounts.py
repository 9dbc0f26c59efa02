"""Amounts are exact in both directions, and foreign spellings are answered with ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl import amounts
from dsl.amount_slips import suggest_amount
from dsl.kinds import CONTRACTS, DURATION, MONEY, NUMBER, PERCENT, TICKS


@given(st.integers(0, 10**13))
def test_a_duration_is_read_as_it_is_written(milliseconds: int) -> None:
    length = milliseconds * 1_000

    assert amounts.duration(amounts.write_amount(DURATION, length)) == length


@given(st.integers(0, 10**12))
def test_money_is_read_as_it_is_written(cents: int) -> None:
    value = cents * 10_000

    assert amounts.money(amounts.write_amount(MONEY, value)) == value


@given(st.integers(0, 10**12))
def test_a_percentage_is_read_as_it_is_written(steps: int) -> None:
    assert amounts.percent(amounts.write_amount(PERCENT, steps)) == steps


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (MONEY, 1_250_000_000, "$1,250"),
        (MONEY, 1_250_500_000, "$1,250.50"),
        (CONTRACTS, 1_000_000, "1 contract"),
        (CONTRACTS, 3_000_000, "3 contracts"),
        (TICKS, 500_000, "0.5 ticks"),
        (DURATION, 0, "0s"),
        (DURATION, 5_400_000_000, "1h30m"),
        (PERCENT, 5_000, "0.5%"),
        (NUMBER, 12_000_000, "12"),
    ],
)
def test_an_amount_is_written_as_people_write_it(kind: amounts.Kind, value: int, text: str) -> None:
    assert amounts.write_amount(kind, value) == text


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("500$", "$500"),
        ("-500$", "-$500"),
        ("$-300", "-$300"),
        ("$ 500", "$500"),
        ("500 USD", "$500"),
        ("500 dollars", "$500"),
        ("2k", "$2,000"),
        ("$1.5k", "$1,500"),
        ("$1500,00", "$1500.00"),
        ("$1,50", "$1.50"),
        ("$15,00,000", None),
        ("1,500", "1500"),
        ("1_000", "1000"),
        ("5contracts", "5 contracts"),
        ("1 lot", "1 contract"),
        ("2 cars", "2 contracts"),
        ("10ticks", "10 ticks"),
        ("4 pts", "4 points"),
        ("15 min", "15m"),
        ("90 sec", "1m30s"),
        ("1.5h", "1h30m"),
        ("1h30", "1h30m"),
        ("40 %", "40%"),
        ("%40", "40%"),
        ("9:30-16:00", "09:30..16:00"),
        ("09:30 to 16:00", "09:30..16:00"),
        ("9:30\u201316:00", "09:30..16:00"),
        ("3pm", "15:00"),
        ("12:15 AM", "00:15"),
        ("08:30:00", "08:30"),
        (".5", "0.5"),
        ("+5", "5"),
        ("1e3", "1000"),
        ("blocked", None),
        ("5 bananas", None),
        ("13pm", None),
        ("9" * 100 + "$", None),
    ],
)
def test_a_foreign_spelling_is_answered_with_ours(written: str, better: str | None) -> None:
    assert suggest_amount(written) == better
