"""The guide of `risk admin configure`: which values of an account change, asked one by one and checked at once."""

from collections.abc import Mapping
from pathlib import Path

from cli.account_edit import edit_of_account
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain
from cli.setup import asking
from cli.terminal import say
from dsl.atomic import write_whole
from dsl.edit import Edit
from dsl.problems import Problem
from dsl.render import render_text
from service.home import Home
from service.setup.pack import Choice
from service.setup.values_now import values_now


class Changing:
    """Writes values into an account's file, and can put the file back as it was."""

    def __init__(self, home: Home, account: str) -> None:
        self._home = home
        self._account = account
        self._path: Path = home.accounts / f"{account}.yaml"
        self._before = self._path.read_text(encoding="utf-8") if self._path.exists() else ""

    def write(self, target: str, value: str) -> None:
        """Set one value (`rule.parameter`, or `rule.reset`). Raises Failure; then the file is as it was at first."""
        try:
            edit = self.checked(target, value)
            write_whole(edit.path, edit.after)
        except ValueError as error:
            self.put_back()
            raise Failure(str(error), "nothing was changed", ExitCode.FINDINGS) from error
        except OSError as error:
            self.put_back()
            raise Failure(
                f"{self._path} cannot be written: {error.strerror}",
                "nothing was changed",
                ExitCode.CONFIGURATION,
            ) from error

    def checked(self, target: str, value: str) -> Edit:
        """Return the edit of one value. Raises ValueError with what is wrong with it."""
        edit, _ = edit_of_account(self._home.root, self._account, target, value)
        if not isinstance(edit, Edit):
            raise ValueError(_first(edit))
        errors = [problem for problem in edit.problems if problem.is_error]
        if errors:
            raise ValueError(_first(errors))
        return edit

    def put_back(self) -> None:
        """Write the file as it was before."""
        if self._before and self._path.read_text(encoding="utf-8") != self._before:
            write_whole(self._path, self._before)

    def ask(self) -> Mapping[str, str]:
        """Ask for values until nothing more is typed; return the new ones. Nothing is written."""
        known = {choice.target: choice for choice in values_now(self._home, self._account)}
        chosen: dict[str, str] = {}
        say(
            f"{len(known)} values guard {self._account}. Type a part of a name (such as `limit`) to see them; Enter ends."
        )
        while word := asking.text("\nWhich value?"):
            found = [
                choice for name, choice in known.items() if word.lower() in f"{name} {choice.title}".lower()
            ]
            if word.endswith(".reset"):
                chosen[word] = asking.until_right(
                    f"  {word} (a cron text, or trading_day)", self._reads(word)
                )
            elif not found:
                say("  no value is called so")
            elif len(found) > 1 and word not in known:
                _list(found)
            else:
                choice = known.get(word, found[0])
                _list([choice])
                value = asking.until_right(
                    f"  {choice.target}", self._reads(choice.target), default=choice.text
                )
                if value != choice.text:
                    chosen[choice.target] = value
        return chosen

    def _reads(self, target: str) -> "Reads":
        return Reads(self, target)


class Reads:
    """Takes an answer if it fits the value that was asked for."""

    def __init__(self, changing: Changing, target: str) -> None:
        self._changing = changing
        self._target = target

    def __call__(self, text: str) -> str:
        self._changing.checked(self._target, text)
        return text


def _list(found: list[Choice]) -> None:
    for choice in found:
        about = f"  {plain(choice.about, 60)}" if choice.about else ""
        say(
            f"  {choice.target:<40} {plain(choice.text, 40):<20} {plain(choice.title, 50)} ({choice.mode}){about}"
        )


def _first(problems: list[Problem]) -> str:
    first = problems[0]
    return f"{first.message}. {first.help}".rstrip(". ") + "." if first.help else render_text([first])
