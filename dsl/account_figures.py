"""What an operator types in about an account because the venue does not tell.

set: {account.start_balance: "$50,000", account.last_payout: 2026-11-20}
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dsl.amounts import BadAmount, money
from dsl.problems import Problem, Source, Span
from dsl.suggest import did_you_mean
from dsl.wall_time import place_on, zone_named
from engine.settings import NEVER_PAID
from engine.units import Instant, Money

PREFIX = "account."
AMOUNTS = ("start_balance", "eod_balance", "eod_high", "operator_floor")
"""All are money: balances may be zero, the floor may be below it (an Express account starts at $0)."""

PAYOUT = "last_payout"
"""When the firm last paid out: a day (from its midnight on), a day and a time, or `never`."""

FIGURES = (*AMOUNTS, PAYOUT)


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """What was typed in. `payout` is None where nobody said, NEVER_PAID before the first payout."""

    amounts: Mapping[str, Money] = field(default_factory=dict)
    payout: Instant | None = None


def split(overrides: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values of rules' parameters, and those of the account's own figures by name."""
    own = {key.removeprefix(PREFIX): text for key, text in overrides.items() if key.startswith(PREFIX)}
    return {key: text for key, text in overrides.items() if not key.startswith(PREFIX)}, own


AMOUNT = re.compile(r"-?\$(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
"""As in the language, with a sign in front for a floor below zero."""

MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?: ([01]\d|2[0-3]):([0-5]\d))?")


def read_figures(written: Mapping[str, str], tz: str, problems: list[Problem]) -> AccountFigures:
    """Return the figures, times as on the wall of a zone; what cannot be read is reported at its own text."""
    amounts: dict[str, Money] = {}
    payout: Instant | None = None
    for name, text in written.items():
        span = Span(Source(f"set: {PREFIX}{name}", text), 0, len(text))
        if name == PAYOUT:
            payout = _moment(text, tz)
            if payout is None:
                help_ = "write `2026-11-20`, `2026-11-20 15:30`, or `never`"
                problems.append(Problem("E505", f"`{text}` is not when a payout was", span, help=help_))
        elif name not in FIGURES:
            help_text = did_you_mean(name, FIGURES) or f"the figures of an account are {', '.join(FIGURES)}"
            problems.append(
                Problem("E315", f"an account has no figure called `{name}`", span, help=help_text)
            )
        elif (amount := _money(text)) is None:
            problems.append(
                Problem("E208", f"`{text}` is not an amount I understand", span, help="write it as `$50,000`")
            )
        else:
            amounts[name] = amount
    return AccountFigures(amounts, payout)


def _moment(text: str, tz: str) -> Instant | None:
    if text == "never":
        return NEVER_PAID
    found = MOMENT.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    if found is None or day is None:
        return None
    since_midnight = (int(found[2] or 0) * 60 + int(found[3] or 0)) * 60_000_000
    return place_on(day, since_midnight, zone_named(tz))


def _money(text: str) -> Money | None:
    if not AMOUNT.fullmatch(text):
        return None
    try:
        size = money(text.removeprefix("-"))
    except BadAmount:
        return None
    return Money(-size if text.startswith("-") else size)
