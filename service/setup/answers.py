"""What a person answered, or what a file says instead: `risk.setup/1`. No secret is part of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.failures import UnsafeUrl
from connectors.topstepx.settings import GatewayUrls

SCHEMA = "risk.setup/1"
TOPSTEPX = GatewayUrls(
    "https://api.topstepx.com", "https://rtc.topstepx.com/hubs/user", "https://rtc.topstepx.com/hubs/market"
)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""Of an account, and so of its file."""

KEYS = {"schema", "gateway", "user_name", "ruleset", "values", "accounts"}


class BadAnswers(Exception):
    """The answers cannot be used. The text says which and what to write."""


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """One account to guard: the venue's number, what people call it, and its own values and figures."""

    id: int
    name: str
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything but the secrets. `values` are changed in the home's copy of the ruleset, by `rule.parameter`."""

    urls: GatewayUrls
    user_name: str
    ruleset: str
    accounts: tuple[AccountAnswer, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    gateway: str = "topstepx"
    login: str = "main"


def read_answers(path: Path) -> Answers:
    """Return the answers of a file. Raises BadAnswers."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadAnswers(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BadAnswers(f"{path} is no JSON: {error}") from error
    if not isinstance(given, dict) or given.get("schema") != SCHEMA:
        raise BadAnswers(f'{path} must be one object with "schema": "{SCHEMA}"')
    unknown = sorted(given.keys() - KEYS)
    if unknown:
        raise BadAnswers(f"{path} has `{unknown[0]}`, which is none of {', '.join(sorted(KEYS))}")
    rows = given.get("accounts")
    if not isinstance(rows, list) or not rows:
        raise BadAnswers(f'{path} names no account: write "accounts": [{{"id": 9120345, "name": "alice"}}]')
    return Answers(
        urls=_urls(given.get("gateway", {})),
        user_name=_text(given, "user_name"),
        ruleset=_text(given, "ruleset", "starter"),
        accounts=tuple(_account(row) for row in rows),
        values=_texts(given.get("values", {}), "values"),
    )


def checked_name(name: str) -> str:
    """Return a name that a file can have. Raises BadAnswers."""
    if not NAME.fullmatch(name):
        raise BadAnswers(
            f"`{name[:40]}` cannot be an account's name here: small letters, digits, `-` and `_`, 40 at most"
        )
    return name


def _urls(given: Any) -> GatewayUrls:
    if given == {}:
        return TOPSTEPX
    if not isinstance(given, dict) or given.keys() - {"api", "user_hub", "market_hub"}:
        raise BadAnswers('"gateway" has "api", "user_hub" and "market_hub", or is left out for TopstepX')
    try:
        return GatewayUrls(*(_text(given, key) for key in ("api", "user_hub", "market_hub")))
    except UnsafeUrl as error:
        raise BadAnswers(str(error)) from error


def _account(row: Any) -> AccountAnswer:
    if not isinstance(row, dict) or row.keys() - {"id", "name", "set"} or type(row.get("id")) is not int:
        raise BadAnswers('an account is {"id": 9120345, "name": "alice", "set": {}}')
    return AccountAnswer(row["id"], checked_name(_text(row, "name")), _texts(row.get("set", {}), "set"))


def _text(given: Mapping[str, Any], key: str, default: str = "") -> str:
    value = given.get(key, default)
    if not isinstance(value, str) or not value:
        raise BadAnswers(f'"{key}" is missing, or is no text')
    return value


def _texts(given: Any, key: str) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise BadAnswers(f'"{key}" is a map of texts, such as {{"max_contracts.limit": "3 contracts"}}')
    return dict(given)
