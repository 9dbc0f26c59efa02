"""`risk set --account`: the file of an account, and the ruleset that its values are checked with."""

from pathlib import Path
from typing import TYPE_CHECKING

from cli.exit_codes import ExitCode
from cli.failure import Failure

if TYPE_CHECKING:
    from dsl.edit import Edit
    from dsl.problems import Problem


def edit_of_account(
    given: Path | None, name: str, target: str, value: str
) -> "tuple[Edit | list[Problem], Path]":
    """Return the edit of an account's file, or why there is none, and its ruleset folder. Raises Failure."""
    from dsl.edit_account import edit_override
    from service.home import find_home
    from service.rules_source import folder_of
    from service.settings_read import read_home

    home = find_home(given)
    read = read_home(home)
    if read.settings is None:
        return list(read.problems), home.root
    account = next((each for each in read.settings.accounts if each.name == name), None)
    if account is None:
        known = ", ".join(each.name for each in read.settings.accounts) or "none"
        raise Failure(f"there is no account `{name}` in {home.root}", f"accounts: {known}", ExitCode.USAGE)
    folder = folder_of(home, account.ruleset)
    holidays = home.holidays if home.holidays.exists() else None
    return edit_override(home.accounts / f"{name}.yaml", folder, target, value, holidays), folder
