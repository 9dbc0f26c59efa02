"""The release script of the market calendar: corrections, layout, and what it says without its library."""

import importlib.util
import json
import sys

import pytest

from connectors.calendar import build
from connectors.topstepx.decode.roots import ROOTS


def test_a_correction_replaces_the_librarys_day_for_its_groups_only() -> None:
    corrections = [{"date": "2025-04-18", "groups": ["fx"], "halt": "closed", "source": "notice"}]
    days = {"2025-12-25": "closed", "2025-04-18": "10:15"}

    assert build.corrected(days, "fx", corrections, range(2025, 2028)) == {
        "2025-04-18": "closed",
        "2025-12-25": "closed",
    }
    assert build.corrected(days, "metals", corrections, range(2025, 2028)) == dict(sorted(days.items()))
    assert build.corrected({}, "fx", corrections, range(2026, 2028)) == {}


def test_the_file_reads_back_as_what_was_built() -> None:
    calendar = {"groups": {"fx": {"roots": ["6E"], "days": build.by_year({"2025-12-25": "closed"})}}}

    text = build.written(calendar)

    assert json.loads(text) == calendar
    assert '"2025": { "12-25": "closed" }' in text


def test_every_correction_names_its_source_and_known_groups() -> None:
    names = {plan.name for plan in build.GROUPS}
    for row in json.loads(build.CORRECTIONS.read_text(encoding="utf-8")):
        assert row["source"]
        assert names.issuperset(row["groups"])


def test_every_product_of_the_venue_has_its_hours_in_exactly_one_group() -> None:
    roots = [root for plan in build.GROUPS for root in plan.roots.split()]

    assert len(roots) == len(set(roots))
    assert set(ROOTS.values()) <= set(roots)


@pytest.mark.skipif(
    importlib.util.find_spec(build.LIBRARY) is not None, reason="the library is installed here"
)
def test_without_the_library_it_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([]) == 3
    assert "pip install" in capsys.readouterr().err
    assert build.LIBRARY not in sys.modules


@pytest.mark.skipif(importlib.util.find_spec(build.LIBRARY) is None, reason="needs pandas-market-calendars")
def test_the_shipped_file_is_what_the_script_builds() -> None:
    assert build.main(["--check"]) == 0
