"""Reading a world: accounts, markets, settings, scripted traders and faults from one YAML file."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from connectors.simulator.core import catalogue
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.instants import Instant, parse
from connectors.simulator.core.records import Account
from connectors.simulator.core.settings import Settings, change
from connectors.simulator.core.trader import Step, Trader, contract_id

FOLDER = Path(__file__).with_name("worlds")
DEFAULT_START = "2026-11-17T09:00:00-06:00"
VERBS = ("buy", "sell", "close", "cancel", "price", "move", "wait", "can_trade")


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
    schema = json.loads((FOLDER / "world.schema.json").read_text(encoding="utf-8"))
    validator = _VALIDATOR(schema)
    problems = [
        _describe(error) for error in sorted(validator.iter_errors(raw), key=lambda e: list(map(str, e.path)))
    ]
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
            tuple(_account(row, next(iter(logins))) for row in raw["accounts"]),
            tuple(raw["markets"]),
            raw.get("months", {}),
            _settings(raw.get("settings", {})),
            tuple(_trader(row) for row in raw.get("traders", [])),
            tuple(raw.get("faults", [])),
        )
    except ValueError as error:
        raise WorldError(f"world {name}: {error}") from error


def create(world: World, seed: int, start: Instant | None = None) -> Exchange:
    """Return an exchange with this world in it, its traders started. Raises WorldError for an unknown symbol."""
    exchange = Exchange(
        catalogue.load(world.months), seed, world.start if start is None else start, world.settings
    )
    for account in world.accounts:
        exchange.add_account(account)
    for row in world.markets:
        contract = exchange.venue.catalogue.resolve(row["symbol"])
        if contract is None:
            raise WorldError(f"world {world.name}: markets: {row['symbol']!r} is no symbol of the catalogue")
        price = Decimal(row["price"]) if "price" in row else None
        exchange.add_market(
            contract.id, price=price, depth=row.get("depth", 10), moving=row.get("moving", True)
        )
    for trader in world.traders:
        _check_trader(exchange, trader, world.name)
        trader.start(exchange)
    exchange.take()
    return exchange


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


def _check_trader(exchange: Exchange, trader: Trader, world: str) -> None:
    try:
        if trader.account_id not in exchange.venue.accounts:
            raise ValueError(f"{trader.account_id} is no account of this world")
        for step in trader.steps:
            if step.of:
                contract_id(exchange, step.of)
    except ValueError as error:
        raise WorldError(f"world {world}: traders: {error}") from error


def _account(row: dict[str, Any], first_login: str) -> Account:
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


def _settings(row: dict[str, Any]) -> Settings:
    settings = Settings()
    for name, value in row.items():
        change(settings, name, value)
    return settings


def _trader(row: dict[str, Any]) -> Trader:
    return Trader(row["account"], tuple(map(read_step, row["script"])), row.get("loops", False))


def _describe(error: jsonschema.ValidationError) -> str:
    place = "/".join(map(str, error.path)) or "top level"
    if error.validator == "oneOf" and "script" in error.path:
        return f"{place}: a step needs exactly one of {', '.join(VERBS)} (and buy/sell need of, price needs to, move needs by)"
    return f"{place}: {error.message}"


_VALIDATOR = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "number", lambda _, value: isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    ),
)
