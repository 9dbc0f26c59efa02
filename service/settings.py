"""What a home says: gateways, logins, logging, and the accounts under guard. Plain data; reading is beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.topstepx.settings import GatewayUrls
from dsl.problems import Problem, Span
from engine.rule import Mode
from engine.units import DAY, HOUR, Duration


@dataclass(frozen=True, slots=True)
class LoginSettings:
    """Who logs in where. The key is fetched when it is needed (`api_keys`)."""

    name: str
    gateway: str
    user_name: str
    urls: GatewayUrls


@dataclass(frozen=True, slots=True)
class LogSettings:
    """`level` as the logging module knows it; `max_bytes` a log file; `keep` old files."""

    level: str = "INFO"
    max_bytes: int = 10_000_000
    keep: int = 5


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """One account under guard. The spans are where its file names the ruleset and the overrides, for messages.

    `may_act_live`: the firm permits orders on this account although it is not simulated (`rules.md` 3).
    """

    name: str
    id: int
    login: str
    mode: Mode
    ruleset: str
    ruleset_span: Span
    overrides: Mapping[str, str]
    override_spans: Mapping[str, Span]
    watch: tuple[str, ...]
    may_act_live: bool = False


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """Everything that is configured, checked as far as files alone can tell."""

    logins: Mapping[str, LoginSettings]
    accounts: tuple[AccountSettings, ...]
    logs: LogSettings = LogSettings()
    keep_backups: int = 7
    keep_journal: Duration = Duration(2 * DAY)
    loosen_delay: Duration = Duration(HOUR)


@dataclass(frozen=True, slots=True)
class Read:
    """The outcome of reading a home: settings, or None and what must be fixed first."""

    settings: HomeSettings | None
    problems: tuple[Problem, ...]
