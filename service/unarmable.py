"""What a rule needs that only people know. Without it the rule would guard nothing, so it cannot be armed."""

from collections.abc import Iterator

from dsl.account_figures import PAYOUT
from dsl.pipeline import Loaded
from dsl.problems import Problem
from engine.rule import Mode, Rule
from engine.windows import SpanStart
from service.settings import AccountSettings

NEEDED = {"operator_floor": "operator_floor", "start_balance": "start_balance", "eod_high": "start_balance"}
"""What a rule reads, and the figure that somebody has to type in for it (`dsl.md` 4)."""


def unarmable(loaded: Loaded, account: AccountSettings) -> list[Problem]:
    """Return a problem for each rule that would enforce on what nobody typed in."""
    found: list[Problem] = []
    for rule in loaded.ruleset.rules if loaded.ruleset else ():
        mode = min(rule.mode, account.mode, loaded.ruleset.ceiling if loaded.ruleset else rule.mode)
        if mode is Mode.ENFORCE:
            found += _lacks(rule, loaded, account)
    return found


def _lacks(rule: Rule, loaded: Loaded, account: AccountSettings) -> Iterator[Problem]:
    source = loaded.sources.get(rule.name, "")
    for figure in _figures(rule, source):
        if f"account.{figure}" not in account.overrides:
            message = f"the rule `{rule.name}` needs `account.{figure}`, which the venue does not tell"
            yield Problem("S006", message, account.ruleset_span, help=_help(figure))
    if "f.news" in source and loaded.ruleset is not None and loaded.ruleset.settings.news is None:
        message = f"the rule `{rule.name}` needs a list of news, and there is none"
        help_ = "write news.yaml in the home, as service/examples/news.yaml shows"
        yield Problem("S006", message, account.ruleset_span, help=help_)


def _figures(rule: Rule, source: str) -> list[str]:
    """Return the figures that a rule reads."""
    found = [figure for read, figure in NEEDED.items() if f"account.{read}" in source]
    reads_payout = any(window.span is SpanStart.PAYOUT for window in rule.windows.values())
    return [*found, PAYOUT] if reads_payout else found


def _help(figure: str) -> str:
    if figure == PAYOUT:
        return "add `account.last_payout: never` under `set:`, or the day of the last one as `2026-11-20`"
    return f"add `account.{figure}: $50,000` under `set:`, with this account's own amount"
