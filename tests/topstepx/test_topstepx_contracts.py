"""Contracts: the names traders use, and the ticks that are easy to get wrong."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from connectors.failures import Unreadable
from connectors.topstepx.decode.contracts import instrument_from
from connectors.topstepx.decode.roots import ROOTS
from engine.instruments import Instrument
from engine.units import Money, Price


def test_every_listed_contract_has_the_root_that_traders_use(fixture: Callable[[str], Any]) -> None:
    instruments = [instrument_from(row) for row in fixture("rest_contract_available")["contracts"]]

    assert [one.root for one in instruments] == (
        [
            "NQ",
            "ES",
            "MNQ",
            "MES",
            "RTY",
            "YM",
            "CL",
            "MCL",
            "QM",
            "NG",
            "QG",
            "GC",
            "MGC",
            "SI",
            "HG",
            "6E",
            "6J",
            "ZF",
            "ZN",
            "MET",
            "LE",
        ]
    )
    assert all(ROOTS[one.product] == one.root for one in instruments)


def test_es_is_ep_and_only_ep(fixture: Callable[[str], Any]) -> None:
    rows = fixture("rest_contract_search_es_fuzzy")["contracts"]

    found = [one for one in map(instrument_from, rows) if one.root == "ES"]

    assert found == [
        Instrument("CON.F.US.EP.Z25", "ES", "ESZ5", "EP", Price(250_000_000), Money(12_500_000)),
    ]


def test_tiny_ticks_and_awkward_values_are_exact(fixture: Callable[[str], Any]) -> None:
    by_root = {one.root: one for one in map(instrument_from, fixture("rest_contract_available")["contracts"])}

    assert by_root["6J"].tick_size == Price(500)
    assert by_root["ZF"].tick_size == Price(7_812_500)
    assert by_root["ZF"].tick_value == Money(7_812_500)


@pytest.mark.parametrize(
    ("contract", "name", "root"),
    [
        ("CON.F.US.EEU.Z25", "E7Z5", "E7"),
        ("CON.F.US.M2K.Z25", "M2KZ5", "M2K"),
        ("CON.F.US.MNQ.Z25", "MNQZ25", "MNQ"),
        ("CON.F.US.EP.Z25", None, "ES"),
        ("CON.F.US.EP.Z25", "ES DEC", "ES"),
        ("CON.F.US.NEW.Z25", None, "NEW"),
        ("CON.F.US.NEW.Z25", "Z5", "NEW"),
    ],
)
def test_the_root_is_the_name_without_its_month_else_the_table_else_the_product(
    contract: str, name: str | None, root: str
) -> None:
    row = {"id": contract, "name": name, "tickSize": Decimal("0.1"), "tickValue": 1}

    assert instrument_from(row).root == root


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "CON.F.US.EP"},
        {"id": "EP"},
        {"id": "CON.F.US.EP.A25"},
        {"tickSize": 0},
        {"tickSize": Decimal("-0.25")},
        {"tickValue": 0},
        {"tickValue": None},
    ],
)
def test_a_contract_without_a_usable_id_or_tick_is_an_error(wrong: dict[str, Any]) -> None:
    row = {"id": "CON.F.US.EP.Z25", "name": "ESZ5", "tickSize": Decimal("0.25"), "tickValue": 12}

    with pytest.raises(Unreadable):
        instrument_from(row | wrong)
