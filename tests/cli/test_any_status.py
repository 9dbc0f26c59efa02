"""Whatever stands in a published status, a screen comes out of it, or one clear error."""

import io
import runpy
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from cli.json_reader import BadDocument
from cli.status_document import Status
from cli.status_reading import read_status
from cli.views.look import Look
from cli.views.status_screen import status_screen

STATES = runpy.run_path(str(Path(__file__).with_name("more_states.py")))["STATES"]
CHICAGO = ZoneInfo("America/Chicago")

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", "0", "NaN", "Infinity", "1e400", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"]
    )
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place of a document at which something stands: the container and the key."""
    found: list[tuple[Any, Any]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found += [(value, key), *places(inner)]
    return found


@given(st.sampled_from(sorted(STATES)), st.data(), JSON)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_one_odd_value_anywhere_is_drawn_or_named(name: str, data: st.DataObject, odd: object) -> None:
    document = STATES[name]()
    container, key = data.draw(st.sampled_from(places(document)))
    container[key] = odd

    try:
        status = read_status(document)
    except BadDocument:
        return
    draw(status)


ODD_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e400", "1e-400", Decimal("NaN"), "", True, [], "0x10", 1.5]
ODD_TIMES = ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2026-11-24", "noon", 5, ""]


@pytest.mark.parametrize("odd", ODD_NUMBERS, ids=repr)
def test_a_number_that_is_none_is_named_by_its_place(odd: object) -> None:
    document = STATES["ok"]()
    document["accounts"][0]["balance"] = odd

    with pytest.raises(BadDocument, match=r"accounts\[0\]\.balance"):
        read_status(document)


@pytest.mark.parametrize("odd", ODD_TIMES, ids=repr)
def test_a_time_that_is_none_is_named_by_its_place(odd: object) -> None:
    document = STATES["ok"]()
    document["accounts"][0]["session"]["changes_at"] = odd

    with pytest.raises(BadDocument, match=r"accounts\[0\]\.session\.changes_at"):
        read_status(document)


@pytest.mark.parametrize("size", ["999999999999999", "-0.000000000001", "0E-7", "1E+5"])
def test_the_largest_and_smallest_numbers_can_be_drawn(size: str) -> None:
    document = STATES["ok"]()
    document["accounts"][0]["balance"] = size
    document["accounts"][0]["rules"][3] |= {"value": size, "limit": size, "fraction": size}
    document["accounts"][0]["positions"][0] |= {"average_price": size, "open_pnl": size}

    draw(read_status(document))


def draw(status: Status) -> None:
    console = Console(file=io.StringIO(), width=80, markup=False, emoji=False, highlight=False)
    look = Look(now=status.venue_time, width=80, exchange=CHICAGO, local=CHICAGO)
    console.print(status_screen(status, look, is_running=True, age="1s"))
