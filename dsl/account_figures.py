"""What an operator types in about an account because the venue does not tell: `set: {account.start_balance: $50,000}`."""

import re
from collections.abc import Mapping

from dsl.amounts import BadAmount, money
from dsl.problems import Problem, Source, Span
from dsl.suggest import did_you_mean
from engine.units import Money

PREFIX = "account."
FIGURES = ("start_balance", "eod_balance", "eod_high", "operator_floor")
"""All are money: balances may be zero, the floor may be below it (an Express account starts at $0)."""


def split(overrides: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values of rules' parameters, and those of the account's own figures by name."""
    own = {key.removeprefix(PREFIX): text for key, text in overrides.items() if key.startswith(PREFIX)}
    return {key: text for key, text in overrides.items() if not key.startswith(PREFIX)}, own


AMOUNT = re.compile(r"-?\$(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
"""As in the language, with a sign in front for a floor below zero."""


def read_figures(written: Mapping[str, str], problems: list[Problem]) -> dict[str, Money]:
    """Return the figures; what is no figure or no amount of money is reported at its own text."""
    found: dict[str, Money] = {}
    for name, text in written.items():
        span = Span(Source(f"set: {PREFIX}{name}", text), 0, len(text))
        amount = _money(text)
        if name not in FIGURES:
            help_text = did_you_mean(name, FIGURES) or f"the figures of an account are {', '.join(FIGURES)}"
            problems.append(
                Problem("E315", f"an account has no figure called `{name}`", span, help=help_text)
            )
        elif amount is None:
            problems.append(
                Problem("E208", f"`{text}` is not an amount I understand", span, help="write it as `$50,000`")
            )
        else:
            found[name] = amount
    return found


def _money(text: str) -> Money | None:
    if not AMOUNT.fullmatch(text):
        return None
    try:
        size = money(text.removeprefix("-"))
    except BadAmount:
        return None
    return Money(-size if text.startswith("-") else size)
