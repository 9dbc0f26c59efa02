"""budget: how many more losing trades of a given size the rules allow today. Changes nothing."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from dsl.market_days import calendar_warning
from engine.units import SCALE, Money
from engine.whatif import Budget as Found
from engine.whatif import Stop
from engine.whatif import budget as count
from engine.whatif.budget import MOST
from service.doors.house import House
from service.doors.refused import bad_request
from service.doors.verb import Answer, Verb
from service.doors.verbs.check import known, seen
from service.iso import iso, iso_or_none, money
from service.whatif.symbols import quiet_contract
from service.wording import contract_name

SIZES = 6
"""Sizes of losses asked for at once, at most."""

LARGEST = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class Budget:
    """`losses` are dollars as text, net of costs, such as `50`. `symbol` is what is traded, empty for any."""

    losses: tuple[str, ...]
    symbol: str = ""
    account: str = ""


def answer(request: Budget, house: House) -> Answer:
    """Let one loser after the other happen to a copy of the account's state, until something ends the day."""
    account = seen(house.account(request.account))
    if not 1 <= len(request.losses) <= SIZES:
        raise bad_request(f"`losses` are one to {SIZES} amounts")
    losses = [_dollars(text) for text in request.losses]
    now = house.clock.now()
    contract = known(quiet_contract, account.state, request.symbol)
    rows = [_row(count(account.state, account.rules, contract, loss, now)) for loss in losses]
    return {
        "account": account.name,
        "at": iso(now),
        "mode": account.mode,
        "calendar_warning": calendar_warning(now),
        "name": contract_name(account.state, contract) if request.symbol else "",
        "most_counted": MOST,
        "losers": rows,
    }


def _row(found: Found) -> dict[str, Any]:
    """Return one size of loss; `left` None: more than anybody counts."""
    return {
        "loss": money(found.loss),
        "left": None if found.end is None else found.end.after,
        "end": _stop(found.end),
        "pause": _stop(found.pause),
    }


def _stop(stop: Stop | None) -> dict[str, Any] | None:
    if stop is None:
        return None
    return {
        "after": stop.after,
        "rule": stop.rule,
        "title": stop.title,
        "text": stop.text,
        "until": iso_or_none(stop.until),
    }


def _dollars(text: str) -> Money:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < amount <= LARGEST:
        raise bad_request(f"`{text[:20]}` is no loss in dollars", "write 50 or 62.50")
    return Money(int(amount * SCALE))


VERB = Verb(Budget, answer)
