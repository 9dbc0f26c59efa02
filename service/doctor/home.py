"""What can be told about a home without asking anybody: files, permissions, keys, rules, calendar, store, status."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown
from dsl.market_days import calendar_warning
from dsl.news_file import news_warning, read_news, with_news
from dsl.problems import Problem
from dsl.rule_files import read_source
from engine.units import Instant
from service import rules_source
from service.api_keys import KeyMissing, api_key, key_file
from service.client import StatusMissing, read_status
from service.client import Trouble as StatusTrouble
from service.clock import host_clock
from service.home import Home
from service.permissions import open_secrets, open_to_all, wide_permissions
from service.settings import AccountSettings, HomeSettings
from service.settings_read import read_home


def settings_steps(home: Home) -> Iterator[Step | HomeSettings]:
    """Yield what there is to say about the settings, and last the settings themselves if they can be used."""
    if not home.root.is_dir():
        fix = "make one with `risk admin init`, or set RISK_HOME"
        yield failed("home", f"there is no folder {home.root}", fix, Trouble.CONFIGURATION)
        return
    yield passed("home", str(home.root))
    read = read_home(home)
    for problem in read.problems:
        place = f"{problem.span.source.path}: " if problem.span.source.path else ""
        yield failed("settings", f"{place}{problem.message}", problem.help, Trouble.CONFIGURATION)
    if read.settings is None:
        return
    settings = read.settings
    yield passed("settings", f"{len(settings.logins)} login(s), {len(settings.accounts)} account(s)")
    if not settings.accounts:
        fix = "copy the commented example to accounts/NAME.yaml"
        yield failed(
            "accounts", f"no account is guarded: {home.accounts} is empty", fix, Trouble.CONFIGURATION
        )
    yield settings


def steps(home: Home, settings: HomeSettings) -> Iterator[Step]:
    """Yield each check of a home whose settings can be read."""
    yield from _permissions(home)
    for login in sorted({account.login for account in settings.accounts}):
        yield _key(home, login)
    for account in settings.accounts:
        yield _rules(home, account)
    yield _calendar()
    yield from _news(home)
    yield _password(home)
    yield _store(home)
    yield _folders(home)
    yield from _status(home)


def _permissions(home: Home) -> Iterator[Step]:
    found = [*open_to_all(home), *(problem for _, problem in open_secrets(home))]
    for text in found:
        what, _, fix = text.partition(": ")
        yield failed("permissions", what, fix, Trouble.CONFIGURATION)
    if not found:
        yield passed("permissions", "nobody else on this computer may change the home or read its secrets")


def _key(home: Home, login: str) -> Step:
    step = f"key of {login}"
    try:
        api_key(home, login)
    except KeyMissing as error:
        return failed(step, str(error), "put the key there; it is never a setting", Trouble.CONFIGURATION)
    problem = wide_permissions(key_file(home, login))
    if problem is not None:
        what, _, fix = problem.partition(": ")
        return failed(step, what, fix, Trouble.CONFIGURATION)
    return passed(step, "there, and readable by you alone")


def _rules(home: Home, account: AccountSettings) -> Step:
    step = f"{account.name}: rules"
    armed, problems = rules_source.load(home, account)
    if armed is None:
        errors = [problem for problem in problems if problem.is_error] or problems
        fix = errors[0].help or f"risk validate {rules_source.folder_of(home, account.ruleset)}"
        text = f"ruleset `{account.ruleset}` cannot be used: {errors[0].message}"
        return failed(step, text, fix, Trouble.CONFIGURATION)
    acting = sum(rule.mode.name == "ENFORCE" for rule in armed.rules.rules)
    mode = (
        "" if account.mode.name == "ENFORCE" else f"; but the account's mode is {account.mode.name.lower()}"
    )
    return passed(
        step, f"`{armed.rules.name}`, {len(armed.rules.rules)} rules, {acting} of them enforce{mode}"
    )


def _calendar() -> Step:
    warning = calendar_warning(Instant(host_clock()))
    if warning is not None:
        what, _, fix = warning.partition("; ")
        return failed("calendar", what, fix)
    return passed("calendar", "holidays and early closes are known for the coming weeks")


def _news(home: Home) -> Iterator[Step]:
    """Yield what there is to say of the list of releases; nothing where there is none, for few rules read it."""
    source = read_source(home.news, []) if home.news.exists() else None
    if source is None:
        return
    problems: list[Problem] = []
    known = read_news(source, problems)
    if known is None:
        first = problems[0]
        yield failed("news", f"news.yaml: {first.message}", first.help, Trouble.CONFIGURATION)
        return
    warning = news_warning(with_news(rules_source.empty().rules.settings, known), Instant(host_clock()))
    if warning is not None:
        what, _, fix = warning.partition("; ")
        yield failed("news", what, fix)
        return
    yield passed("news", f"{len(known.items)} releases are known")


def _password(home: Home) -> Step:
    if home.password.exists():
        return passed("admin password", "is set")
    return failed("admin password", "none is set: nothing can be unlocked or loosened", "risk admin password")


def _store(home: Home) -> Step:
    if not home.store.exists():
        return passed("store", "not made yet: the guard has not run in this home")
    try:
        with closing(
            sqlite3.connect(f"{home.store.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)
        ) as store:
            (answer,) = store.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        return unknown("store", f"cannot be read now: {error}", "try again; if it stays so, look at the disk")
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer == "ok":
        return passed("store", "its check is clean")
    fix = "start the guard: it keeps the damaged file, locks every account, and asks for an admin"
    return failed("store", f"{home.store} is damaged: {answer}", fix, Trouble.DAMAGED)


def _folders(home: Home) -> Step:
    for folder in (home.data, home.logs, home.status_folder):
        place = folder if folder.exists() else home.root
        if not os.access(place, os.W_OK | os.X_OK):
            fix = f"let the user of the guard write to {place}"
            return failed("folders", f"{folder} cannot be written to", fix, Trouble.CONFIGURATION)
    return passed("folders", "data, logs and status can be written")


def _status(home: Home) -> Iterator[Step]:
    try:
        published = read_status(home.root)
    except StatusMissing as error:
        if error.trouble is StatusTrouble.UNREADABLE:
            yield failed("guard", str(error), "start the guard: it writes a new one")
        else:
            yield unknown("guard", str(error))
        return
    if not published.is_running:
        yield unknown("guard", f"not running; its last status is {published.age:.0f} s old", "risk run")
        return
    yield passed("guard", f"running, version {published.document['daemon'].get('version')}")
    for alarm in published.document["daemon"].get("alarms", []):
        yield failed(f"alarm {alarm.get('code')}", str(alarm.get("text")), "see logs/error.log")
