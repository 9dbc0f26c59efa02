"""The values that guard an account as its files stand: those of its ruleset, its own in their place."""

from dataclasses import replace

from dsl.pipeline import load_ruleset
from service import rules_source
from service.home import Home
from service.settings_read import read_home
from service.setup.pack import Choice, choices


def values_now(home: Home, account: str) -> tuple[Choice, ...]:
    """Return them in the order of their rules; none for an account without a file."""
    read = read_home(home)
    accounts = read.settings.accounts if read.settings is not None else ()
    settings = next((one for one in accounts if one.name == account), None)
    if settings is None:
        return ()
    loaded = load_ruleset(rules_source.folder_of(home, settings.ruleset))
    return tuple(
        replace(one, text=settings.overrides.get(one.target, one.text))
        for one in choices(loaded)
        if one.mode != "off"
    )
