"""The files of a new home, written whole or not at all; the key for its owner alone."""

import shutil

from connectors.secret import Secret
from dsl.atomic import write_whole
from dsl.edit import edit_value, quoted
from dsl.problems import Problem
from service.api_keys import key_file
from service.home import Home
from service.rules_source import SHIPPED
from service.secrecy.seal import CannotOpen
from service.secrecy.seal_here import seal_here
from service.secrecy.secret_files import write_secret
from service.setup.answers import AccountAnswer, Answers

SETTINGS = """\
# How the guard reaches the trading platform. No secret belongs here: the API key is in secrets/{login}.key.

gateways:
  {gateway}:
    api: {api}
    user_hub: {user_hub}
    market_hub: {market_hub}

logins:
  {login}:
    gateway: {gateway}
    user_name: {user_name}

loosen_delay: 1h                # a looser rule waits for the first 17:00 Chicago at least this far away
"""

ACCOUNT = """\
id: {id}
login: {login}
mode: shadow                    # off | shadow (decides and records, does nothing) | warn | enforce
ruleset: {ruleset}              # the folder rulesets/{ruleset} in this home
"""


class HomeInUse(Exception):
    """There are settings in this home already: they are changed with `risk admin configure`."""


class CannotWrite(Exception):
    """The home cannot be written, or a value does not fit its rule. The text is for people."""


def require_free(home: Home) -> None:
    """Raise HomeInUse for a home that has settings already."""
    if home.settings.exists():
        raise HomeInUse(f"there are settings in {home.root} already")


def copy_of_pack(home: Home, answers: Answers) -> list[Problem]:
    """Copy the ruleset into the home and change its values; return what does not fit, and then leave no copy."""
    folder = home.rulesets / answers.ruleset
    home.rulesets.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SHIPPED / answers.ruleset, folder)
    for target, text in answers.values.items():
        edit = edit_value(folder, target, text)
        problems = edit if isinstance(edit, list) else [each for each in edit.problems if each.is_error]
        if problems or isinstance(edit, list):
            shutil.rmtree(folder)
            return problems
        write_whole(edit.path, edit.after)
    return []


def write_home(home: Home, answers: Answers, key: Secret) -> None:
    """Write settings, accounts and key; the ruleset is there already. Raises CannotWrite."""
    try:
        for folder in (home.accounts, home.secrets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_secret(key_file(home, answers.login), f"{key.reveal()}\n", seal_here(home.secrets))
        for account in answers.accounts:
            write_whole(home.accounts / f"{account.name}.yaml", account_text(answers, account))
        write_whole(home.settings, settings_text(answers))  # last: with it the home is one
    except OSError as error:
        raise CannotWrite(f"{home.root} cannot be written: {error.strerror}") from error
    except CannotOpen as error:
        raise CannotWrite(f"the API key cannot be sealed: {error}") from error


def settings_text(answers: Answers) -> str:
    """Return settings.yaml."""
    return SETTINGS.format(
        gateway=answers.gateway,
        login=answers.login,
        api=answers.urls.api,
        user_hub=answers.urls.user_hub,
        market_hub=answers.urls.market_hub,
        user_name=quoted(answers.user_name),
    )


def account_text(answers: Answers, account: AccountAnswer) -> str:
    """Return accounts/NAME.yaml."""
    text = ACCOUNT.format(id=account.id, login=answers.login, ruleset=answers.ruleset)
    if not account.own:
        return text
    return f"{text}\nset:\n" + "".join(f"  {key}: {quoted(value)}\n" for key, value in account.own.items())
