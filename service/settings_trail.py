"""What is configured, as plain facts, so that the audit trail can say at a start what was changed since the last one."""

import json
from collections.abc import Iterator, Mapping

from engine.units import Instant
from service.settings import HomeSettings
from service.store.store import Store

FACT = "settings"
"""The small fact under which the store keeps what was in force last."""


def note_changes(store: Store, settings: HomeSettings, now: Instant) -> None:
    """Write a row for each setting that is not what it was, and keep the new ones, with the next step that is stored."""
    kept = store.recall(FACT)
    fresh = facts_of(settings)
    for name, was, is_now in changes(json.loads(kept) if kept else None, fresh):
        store.jot(now, FACT, json.dumps({"setting": name, "was": was, "now": is_now}))
    if kept is None or json.loads(kept) != fresh:
        store.remember(FACT, json.dumps(fresh))


def facts_of(settings: HomeSettings) -> dict[str, str]:
    """Return every setting by name; none of them is a secret."""
    found = {
        "keep_backups": str(settings.keep_backups),
        "keep_journal": str(settings.keep_journal),
        "loosen_delay": str(settings.loosen_delay),
        "logs.level": settings.logs.level,
    }
    for login in settings.logins.values():
        found[f"logins.{login.name}"] = f"{login.user_name} at {login.urls.api}"
    for account in settings.accounts:
        name = f"accounts.{account.name}"
        found |= {
            f"{name}.id": str(account.id),
            f"{name}.login": account.login,
            f"{name}.mode": account.mode.name.lower(),
            f"{name}.ruleset": account.ruleset,
            f"{name}.enforce_live": str(account.may_act_live).lower(),
            **{f"{name}.set.{key}": value for key, value in sorted(account.overrides.items())},
        }
    return found


def changes(
    before: Mapping[str, str] | None, after: Mapping[str, str]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield name, old and new value of what differs; nothing on the very first start, when all of it is new."""
    if before is None:
        return
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)
