"""`risk why`: why the guard acted (an id from `risk log`), or why a rule did not (a rule's name)."""

import json
from typing import Annotated, Any

import typer

from cli.act_log import ActLine, acts_in
from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.moments import exchange_zone
from cli.options import AccountOption, HomeOption, JsonOption
from cli.plain import plain
from cli.published import load
from cli.terminal import out, say
from cli.views.why_lines import Line, why_lines
from cli.why_act import Story, find, story
from cli.why_rule import rows_of, rule_lines, rule_names
from service.home import Home, find_home


def why(
    what: Annotated[
        str, typer.Argument(help="An id such as E5, D12 or L3 from `risk log`, or a rule's name.")
    ],
    home: HomeOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell why."""
    folders = find_home(home)
    acts = _acts(folders)
    found = find(acts, what, account)
    if found:
        for number, act in enumerate(found):
            _tell_story(story(acts, act), as_json, is_first=not number)
        return
    _tell_rule(folders, what, account, as_json)


def _acts(folders: Home) -> list[ActLine]:
    if not folders.acts.exists():
        return []
    return [act for act in acts_in(folders.acts) if act is not None]


def _tell_story(told: Story, as_json: bool, *, is_first: bool) -> None:
    if as_json:
        out(json.dumps(_document(told), ensure_ascii=False, default=str))
        return
    if not is_first:
        out("")
    _print(why_lines(told, exchange_zone()))


def _document(told: Story) -> dict[str, Any]:
    return {
        "schema": "risk.why/1",
        "act": told.act.values,
        "cause": told.cause.values if told.cause else None,
        "first_breach": told.first_breach.values if told.first_breach else None,
        "locks": [one.values for one in told.locks],
        "enforcement": told.enforcement.values if told.enforcement else None,
    }


def _tell_rule(folders: Home, name: str, account: str | None, as_json: bool) -> None:
    published = load(folders.root)
    rows = rows_of(published.document, name, account)
    if not rows:
        known = ", ".join(rule_names(published.document)) or "none"
        raise Failure(
            f"there is no act and no rule called `{plain(name, 60)}`",
            f"`risk log --json` has the ids; rules: {plain(known, 400)}",
            ExitCode.USAGE,
        )
    for number, (owner, row) in enumerate(rows):
        if as_json:
            out(json.dumps({"schema": "risk.why/1", "account": owner, "rule": row}, ensure_ascii=False))
            continue
        if number:
            out("")
        _print(rule_lines(owner, row))
    if not published.is_running:
        say(f"risk: the guard is not running; this is how it was {int(published.age.total_seconds())} s ago")
        raise typer.Exit(ExitCode.NOT_RUNNING)


def _print(lines: list[Line]) -> None:
    for name, words in lines:
        out(f"{name:<10} {words}")


COMMAND = Command(
    why,
    "Why did the guard act, or why did a rule not?",
    (
        "Tell a past act step by step, from the log alone: what was heard, what was weighed, which rule with which "
        "limit, what was done, and the venue's proof. With a rule's name: why it did not act, how much is left, how old "
        "its inputs are, and what would make it act."
    ),
    ["risk why E5", "risk why daily_realized_loss"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.NOT_RUNNING],
)
