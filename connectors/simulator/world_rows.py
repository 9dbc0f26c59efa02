"""The rows of a world file as records of the core: accounts, switches, scripted traders and their steps."""

from decimal import Decimal
from typing import Any

from connectors.simulator.core.records import Account
from connectors.simulator.core.settings import Settings, change
from connectors.simulator.core.trader import Step, Trader

VERBS = ("buy", "sell", "close", "cancel", "price", "move", "wait", "can_trade")


def read_step(row: dict[str, Any]) -> Step:
    """Return one step of a script."""
    verb = next(verb for verb in VERBS if verb in row)
    numbers = {key: Decimal(row[key]) for key in ("at", "after", "within") if key in row}
    price = row.get("limit", row.get("to", row.get("by")))
    return Step(
        verb,
        of=row.get("of") or (row[verb] if verb in ("close", "price", "move") else ""),
        size=row[verb] if verb in ("buy", "sell") else 0,
        price=None if price is None else Decimal(price),
        stop=row.get("stop"),
        target=row.get("target"),
        wait_for=row.get("wait", ""),
        yes=row.get("moving", row.get("can_trade", True)),
        **numbers,
    )


def read_account(row: dict[str, Any], first_login: str) -> Account:
    """Return an account; without a login it belongs to the first one."""
    return Account(
        row["id"],
        row["name"],
        Decimal(row.get("balance", 50_000)),
        row.get("canTrade", True),
        row.get("isVisible", True),
        row.get("simulated", True),
        row.get("login", first_login),
        row.get("follower", False),
        row.get("brackets", "auto_oco"),
        row.get("maxContracts", 150),
        row.get("positionStop"),
        row.get("positionTarget"),
    )


def read_settings(row: dict[str, Any]) -> Settings:
    """Return the switches of a world. Raises ValueError for a value that does not fit."""
    settings = Settings()
    for name, value in row.items():
        change(settings, name, value)
    return settings


def read_trader(row: dict[str, Any]) -> Trader:
    """Return a scripted trader."""
    return Trader(row["account"], tuple(map(read_step, row["script"])), row.get("loops", False))
