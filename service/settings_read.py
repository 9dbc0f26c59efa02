"""Reading a home: settings.yaml and every accounts/NAME.yaml, all problems of all files in one go."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from connectors.failures import UnsafeUrl
from connectors.topstepx.settings import GatewayUrls
from dsl.problems import Problem, Source, Span, has_errors
from dsl.yaml_nodes import ListNode, MapNode, Scalar
from dsl.yaml_read import read_yaml
from dsl.yaml_source import read_source
from engine.rule import Mode
from engine.units import DAY, HOUR, MINUTE, SECOND, Duration
from service.home import Home
from service.settings import AccountSettings, HomeSettings, LoginSettings, LogSettings, Read
from service.settings_check import check

UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
LEVELS = ("debug", "info", "warning", "error")
SIZES = {"kB": 1_000, "MB": 1_000_000}


def read_home(home: Home) -> Read:
    """Return the settings of a home, or all that must be fixed in its files first."""
    problems: list[Problem] = []
    if not home.settings.exists():
        nothing = Span(Source(home.settings.as_posix(), ""), 0, 0)
        fix = "`risk admin init` writes one with comments; RISK_HOME or `--home` say where the home is"
        return Read(None, (Problem("S002", "there are no settings in this home", nothing, help=fix),))
    root = _file(home.settings, "settings.schema.json", problems)
    logins = _logins(root, problems) if root else {}
    accounts: dict[str, MapNode] = {}
    for path in sorted(home.accounts.glob("*.yaml")):
        node = _file(path, "account.schema.json", problems)
        if node is not None:
            accounts[path.stem] = node
    if root is not None:
        problems.extend(_unknown_logins(accounts, logins))
    problems.extend(_guarded_twice(accounts))
    problems.extend(_log_level())
    if root is None or has_errors(problems):
        return Read(None, tuple(problems))
    settings = HomeSettings(
        logins=logins,
        accounts=tuple(_account(name, node) for name, node in accounts.items()),
        logs=_logs(root),
        keep_backups=int(_text(root, "backups", "keep") or 7),
        keep_journal=_length(_text(root, "keep_journal") or "2d"),
        loosen_delay=_length(_text(root, "loosen_delay") or "1h"),
    )
    return Read(settings, tuple(problems))


def _file(path: Path, schema: str, problems: list[Problem]) -> MapNode | None:
    """Return the top of one file, None after saying what is wrong with it."""
    found: list[Problem] = []
    source = read_source(path, found)
    node = read_yaml(source, found) if source else None
    if node is not None and not has_errors(found):
        found += check(node, schema)
    problems.extend(found)
    return node if isinstance(node, MapNode) and not has_errors(found) else None


def _logins(root: MapNode, problems: list[Problem]) -> dict[str, LoginSettings]:
    """Return the logins with the addresses of their gateways."""
    gateways: dict[str, GatewayUrls | None] = {}
    for name, node in _parts(root, "gateways"):
        addresses = (_text(node, "api"), _text(node, "user_hub"), _text(node, "market_hub"))
        try:
            given = GatewayUrls(*addresses)
            has_stream = _text(node, "stream") != "off"
            gateways[name] = given if has_stream else GatewayUrls(given.api, None, None)
        except UnsafeUrl as error:
            gateways[name] = None
            problems.append(Problem("S003", str(error), node.span, help="correct the address"))
    found: dict[str, LoginSettings] = {}
    for name, node in _parts(root, "logins"):
        gateway = _text(node, "gateway")
        urls = gateways.get(gateway)
        if urls is not None:
            found[name] = LoginSettings(name, gateway, _text(node, "user_name"), urls)
        elif gateway not in gateways:
            problems.append(_unknown(_span(node, "gateway"), "gateway", gateway, gateways))
    return found


def _account(name: str, node: MapNode) -> AccountSettings:
    overrides, watch = node.get("set"), node.get("watch")
    rows = overrides.value.entries if overrides and isinstance(overrides.value, MapNode) else ()
    symbols = watch.value.items if watch and isinstance(watch.value, ListNode) else ()
    return AccountSettings(
        name=name,
        id=int(_text(node, "id")),
        login=_text(node, "login"),
        mode=Mode[(_text(node, "mode") or "shadow").upper()],
        ruleset=_text(node, "ruleset"),
        ruleset_span=_span(node, "ruleset"),
        overrides={row.key: row.value.text for row in rows if isinstance(row.value, Scalar)},
        override_spans={row.key: row.value.outer for row in rows},
        may_act_live=_text(node, "enforce_live") == "yes",
        watch=tuple(item.text.upper() for item in symbols if isinstance(item, Scalar)),
    )


def _unknown_logins(accounts: dict[str, MapNode], logins: dict[str, LoginSettings]) -> Iterator[Problem]:
    for node in accounts.values():
        login = _text(node, "login")
        if login not in logins:
            yield _unknown(_span(node, "login"), "login", login, logins)


def _unknown(span: Span, what: str, name: str, known: Collection[str]) -> Problem:
    names = ", ".join(f"`{each}`" for each in known) or "none"
    message = f"there is no {what} `{name}` in settings.yaml"
    return Problem("S004", message, span, help=f"{what}s in settings.yaml: {names}")


def _guarded_twice(accounts: dict[str, MapNode]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, node in accounts.items():
        number = _text(node, "id")
        other = first.setdefault(number, name)
        if other != name:
            message = f"account {number} is guarded twice, as `{other}` and as `{name}`"
            yield Problem("S005", message, _span(node, "id"), help="keep one of the two files")


def _logs(root: MapNode) -> LogSettings:
    """Return how to log. The environment's RISK_LOG_LEVEL is stronger than the file."""
    level = os.environ.get("RISK_LOG_LEVEL", "").strip() or _text(root, "logging", "level") or "info"
    size = _text(root, "logging", "max_size") or "10 MB"
    keep = int(_text(root, "logging", "keep") or 5)
    return LogSettings(level.upper(), int(size[:-2]) * SIZES[size[-2:]], keep)


def _log_level() -> Iterator[Problem]:
    level = os.environ.get("RISK_LOG_LEVEL", "").strip()
    if level and level.lower() not in LEVELS:
        place = Span(Source("the environment", ""), 0, 0)
        fix = f"set it to one of {', '.join(f'`{each}`' for each in LEVELS)}, or unset it"
        yield Problem("S003", f"RISK_LOG_LEVEL is `{level}`, which is no level", place, help=fix)


def _length(text: str) -> Duration:
    return Duration(int(text[:-1]) * UNITS[text[-1]])


def _parts(root: MapNode, name: str) -> Iterator[tuple[str, MapNode]]:
    """Yield the named maps below a key."""
    entry = root.get(name)
    if entry is not None and isinstance(entry.value, MapNode):
        for part in entry.value:
            if isinstance(part.value, MapNode):
                yield part.key, part.value


def _text(node: MapNode, *path: str) -> str:
    """Return the text at a path of keys, empty if there is none."""
    value: object = node
    for key in path:
        entry = value.get(key) if isinstance(value, MapNode) else None
        value = entry.value if entry else None
    return value.text if isinstance(value, Scalar) else ""


def _span(node: MapNode, key: str) -> Span:
    entry = node.get(key)
    return entry.value.outer if entry else node.span
