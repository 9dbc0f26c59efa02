"""Reading a world: accounts, markets, settings, scripted traders and faults from one YAML file."""

from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from connectors.simulator.core import catalogue
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.instants import Instant, parse
from connectors.simulator.core.records import Account
from connectors.simulator.core.settings import Settings
from connectors.simulator.core.trader import Trader, contract_id
from connectors.simulator.world_rows import read_account, read_settings, read_trader
from connectors.simulator.world_schema import FOLDER, problems_of

DEFAULT_START = "2026-11-17T09:00:00-06:00"


class WorldError(Exception):
    """The world cannot be used. The text names the file, the place and what is wrong."""


@dataclass(frozen=True)
class World:
    """A world, read but not yet running."""

    name: str
    start: Instant
    logins: dict[str, str]
    accounts: tuple[Account, ...]
    markets: tuple[dict[str, Any], ...]
    months: dict[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    traders: tuple[Trader, ...] = ()
    faults: tuple[dict[str, Any], ...] = ()


class _Loader(yaml.SafeLoader):
    """Numbers with a fraction become Decimal, and times stay text."""


_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(str(node.value)))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))


def read(name_or_path: str) -> World:
    """Return a shipped world by its name, or one from a YAML file. Raises WorldError."""
    shipped = FOLDER / f"{name_or_path}.yaml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader with two more types
    except OSError as error:
        known = ", ".join(sorted(world.stem for world in FOLDER.glob("*.yaml")))
        raise WorldError(f"no world {name_or_path!r}: give a YAML file or one of {known}") from error
    except yaml.YAMLError as error:
        raise WorldError(f"{path}: {error}") from error
    return build(raw, path.stem)


def build(raw: Any, name: str) -> World:
    """Return the world of an already parsed file. Raises WorldError with every problem found."""
    problems = problems_of(raw)
    if problems:
        raise WorldError(f"world {name}: " + "; ".join(problems))
    logins = {
        row["userName"]: row["apiKey"]
        for row in raw.get("logins", [{"userName": "demo", "apiKey": "demo-key"}])
    }
    try:
        return World(
            name,
            parse(raw.get("start", DEFAULT_START)),
            logins,
            _accounts(raw["accounts"], logins),
            tuple(raw["markets"]),
            raw.get("months", {}),
            read_settings(raw.get("settings", {})),
            tuple(read_trader(row) for row in raw.get("traders", [])),
            tuple(raw.get("faults", [])),
        )
    except ValueError as error:
        raise WorldError(f"world {name}: {error}") from error


def create(world: World, seed: int, start: Instant | None = None) -> Exchange:
    """Return an exchange with this world in it, its traders started. Raises WorldError for an unknown symbol."""
    exchange = Exchange(
        catalogue.load(world.months), seed, world.start if start is None else start, deepcopy(world.settings)
    )
    for account in world.accounts:
        exchange.add_account(account)
    for row in world.markets:
        contract = exchange.venue.catalogue.resolve(row["symbol"])
        if contract is None:
            raise WorldError(f"world {world.name}: markets: {row['symbol']!r} is no symbol of the catalogue")
        if "month" in row:
            contract = exchange.venue.catalogue.open_month(contract, row["month"])
        price = Decimal(row["price"]) if "price" in row else None
        exchange.add_market(
            contract.id, price=price, depth=row.get("depth", 10), moving=row.get("moving", True)
        )
    # A world can be created again and again: what changes while it runs is its own copy.
    for trader in deepcopy(world.traders):
        _check_trader(exchange, trader, world.name)
        trader.start(exchange)
    exchange.take()
    return exchange


def _accounts(rows: list[dict[str, Any]], logins: dict[str, str]) -> tuple[Account, ...]:
    accounts = tuple(read_account(row, next(iter(logins))) for row in rows)
    for account in accounts:
        if account.login not in logins:
            raise ValueError(f"accounts: {account.login!r} is no userName of logins")
    if len({account.id for account in accounts}) < len(accounts):
        raise ValueError("accounts: two of them have the same id")
    return accounts


def _check_trader(exchange: Exchange, trader: Trader, world: str) -> None:
    try:
        if trader.account_id not in exchange.venue.accounts:
            raise ValueError(f"{trader.account_id} is no account of this world")
        for step in trader.steps:
            if step.of:
                contract_id(exchange, step.of)
    except ValueError as error:
        raise WorldError(f"world {world}: traders: {error}") from error
