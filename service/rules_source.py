"""Where an account's rules come from: its ruleset folder, or the copy that was kept when they were last armed."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from dsl.market_days import build_calendar
from dsl.pipeline import load_ruleset
from dsl.problems import Problem, has_errors
from dsl.rule_files import HOLIDAYS, NEWS
from engine.rule import Mode, RuleSet
from engine.settings import Settings
from engine.units import HOUR, TimeOfDay
from service.home import Home
from service.settings import AccountSettings
from service.store import kept_rules
from service.store.kept_rules import KeptRules
from service.store.store import Store
from service.unarmable import unarmable

OVERRIDE = "set: "
"""What the language puts before an override's name where it would name a file."""

SHIPPED = Path(__file__).resolve().parents[1] / "rulesets"


@dataclass(frozen=True, slots=True)
class Armed:
    """A compiled ruleset for one account. Its digest covers files, overrides and mode."""

    rules: RuleSet
    kept: KeptRules


def folder_of(home: Home, name: str) -> Path:
    """Return the folder of a ruleset: in the home, else shipped, else `name` read as a path (relative to the home)."""
    for candidate in (home.rulesets / name, SHIPPED / name):
        if (candidate / "ruleset.yaml").is_file():
            return candidate
    return home.root / name


def load(
    home: Home, account: AccountSettings, known_roots: Collection[str] | None = None
) -> tuple[Armed | None, list[Problem]]:
    """Return the rules of an account as its files say, or None and what must be fixed in them.

    With `known_roots` a symbol that the venue does not list is a problem too.
    """
    folder = folder_of(home, account.ruleset)
    if not folder.is_dir():
        message = f"there is no ruleset `{account.ruleset}`"
        known = ", ".join(f"`{path.parent.name}`" for path in sorted(SHIPPED.glob("*/ruleset.yaml")))
        help_ = f"make the folder {home.rulesets / account.ruleset}, or use a shipped one: {known}"
        return None, [Problem("S004", message, account.ruleset_span, help=help_)]
    holidays = home.holidays if home.holidays.exists() else None
    news = home.news if home.news.exists() else None
    loaded = load_ruleset(
        folder, overrides=account.overrides, known_roots=known_roots, holidays=holidays, news=news
    )
    if loaded.ruleset is None or has_errors(loaded.problems):
        return None, [_in_the_account(problem, account) for problem in loaded.problems]
    missing = unarmable(loaded, account)
    if missing:
        return None, missing
    kept = named(_as_kept(loaded.ruleset.name, _texts(home, folder), account))
    return Armed(_under(loaded.ruleset, kept), kept), list(loaded.problems)


def says_the_same(home: Home, account: AccountSettings, kept: KeptRules) -> bool:
    """Say whether an account's files say what these rules say, letter by letter. Raises OSError, ValueError."""
    written = _as_kept(kept.name, _texts(home, folder_of(home, account.ruleset)), account)
    return written == replace(kept, digest="")


def kept_in(store: Store, digest: str) -> RuleSet | None:
    """Return a ruleset that was armed before, compiled from its kept text; None when that is impossible now."""
    armed = kept_armed(store, digest)
    return armed.rules if armed is not None else None


def kept_armed(store: Store, digest: str) -> Armed | None:
    """Return rules that were kept, compiled; None when there are none of this digest, or they cannot be used now."""
    kept = kept_rules.find(store.connection, digest)
    return compiled(kept) if kept is not None else None


def compiled(kept: KeptRules) -> Armed | None:
    """Return kept rules compiled from their text; None when that is impossible now."""
    if not kept.files:
        return Armed(_under(empty().rules, kept), kept)
    with kept_rules.unpack(kept) as folder:
        loaded = load_ruleset(Path(folder), overrides=kept.overrides)
    if loaded.ruleset is None or has_errors(loaded.problems):
        return None
    return Armed(_under(loaded.ruleset, kept), kept)


def last_good(store: Store, account: int) -> Armed | None:
    """Return the rules that an account had last, None if it never had any that still compile."""
    digest = store.recall(f"rules:{account}")
    return kept_armed(store, digest) if digest else None


def empty() -> Armed:
    """Return a ruleset without rules: stored locks are held, nothing is judged."""
    settings = Settings(calendar=build_calendar("America/Chicago", TimeOfDay(17 * HOUR), {}, None))
    kept = KeptRules("none", "none", {}, {}, Mode.ENFORCE.name)
    return Armed(RuleSet("none", "none", settings, ()), kept)


def _in_the_account(problem: Problem, account: AccountSettings) -> Problem:
    """Return a problem of an override with its place in the account's file; others stay as they are."""
    key = problem.span.source.path.removeprefix(OVERRIDE)
    place = account.override_spans.get(key) if problem.span.source.path.startswith(OVERRIDE) else None
    return problem if place is None else replace(problem, span=place)


def named(kept: KeptRules) -> KeptRules:
    """Return rules under the digest of everything that decides: files, overrides and mode."""
    body = [kept.name, dict(kept.files), dict(kept.overrides), kept.mode, kept.may_act_live]
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
    return replace(kept, digest=digest)


def _as_kept(name: str, files: dict[str, str], account: AccountSettings) -> KeptRules:
    return KeptRules("", name, files, account.overrides, account.mode.name, account.may_act_live)


def _texts(home: Home, folder: Path) -> dict[str, str]:
    """Return the files of a ruleset with the home's own holidays and news. Raises OSError, UnicodeDecodeError."""
    files = kept_rules.files_of(folder)
    for name, path in ((HOLIDAYS, home.holidays), (NEWS, home.news)):
        if path.exists():
            files[name] = path.read_text(encoding="utf-8")
    return files


def _under(rules: RuleSet, kept: KeptRules) -> RuleSet:
    """Return the rules capped by the account's mode, named by the digest of everything that decides."""
    ceiling = min(rules.ceiling, Mode[kept.mode])
    return replace(rules, digest=kept.digest, ceiling=ceiling, may_act_live=kept.may_act_live)
