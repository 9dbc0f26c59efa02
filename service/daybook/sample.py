"""One look at an account for its curve: results, sizes, prices and gauges, with only the gauges that moved."""

from typing import Any

from engine.state import State
from engine.units import Instant
from service.guarded import Guarded
from service.iso import iso, price
from service.wording import contract_name

GAUGE = ("name", "subject", "title", "value", "limit", "unit", "label", "color", "fraction", "is_locked")


def sample(account: Guarded, part: dict[str, Any], at: Instant, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the line. `part` is the account in the status document, `shown` the gauges of the line before."""
    state = account.state
    gauges = {f"{row['name']}/{row['subject']}": {key: row[key] for key in GAUGE} for row in part["rules"]}
    moved = [row for key, row in gauges.items() if shown.get(key) != row]
    shown.clear()
    shown.update(gauges)
    return {
        "kind": "sample",
        "at": iso(at),
        "account": account.name,
        "day": part["day"],
        "verdict": part["verdict"]["level"],
        "positions": {row["name"]: row["size"] for row in part["positions"]},
        "marks": _marks(state),
        "rules": moved,
    }


def _marks(state: State) -> dict[str, list[str | None]]:
    """Return bid and ask of the contracts that the account showed an interest in."""
    return {
        contract_name(state, contract): [price(heard.quote.bid), price(heard.quote.ask)]
        for contract, heard in sorted(state.quotes.items())
        if contract in state.contracts
    }
