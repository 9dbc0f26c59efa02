"""check: would this order break a rule, which one, and what is the most that may be taken. Changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from dsl.market_days import calendar_warning
from engine.state import State
from engine.units import SCALE, Ticks
from engine.venue import Side
from engine.whatif import LARGEST, Trial, most
from engine.whatif import check as try_out
from service.doors.house import House
from service.doors.refused import Code, Refused, bad_request
from service.doors.verb import Answer, Verb
from service.guarded import Guarded
from service.iso import iso, money, price
from service.whatif.symbols import NoContract, contract_of
from service.whatif.words import finding_row, notes, sentence, verdict_of
from service.wording import contract_name


@dataclass(frozen=True, slots=True)
class Check:
    """A market order: `side` is buy or sell, `stop_ticks` 0 for none."""

    side: str
    size: int
    symbol: str
    stop_ticks: int = 0
    account: str = ""


def answer(request: Check, house: House) -> Answer:
    """Try the order on a copy of the account's state, through the engine's own step."""
    account = seen(house.account(request.account))
    if request.side not in set(Side) or not 1 <= request.size <= LARGEST or request.stop_ticks < 0:
        raise bad_request(f"`side` is buy or sell, `size` 1 to {LARGEST}, `stop_ticks` 0 or more")
    state, rules, now = account.state, account.rules, house.clock.now()
    contract = known(contract_of, state, request.symbol)
    stop = Ticks(request.stop_ticks * SCALE) if request.stop_ticks else None
    trial = Trial(contract, Side(request.side), request.size, stop)
    checked = try_out(state, rules, trial, now)
    name = contract_name(state, contract)
    return {
        "account": account.name,
        "at": iso(now),
        "mode": account.mode,
        "calendar_warning": calendar_warning(now),
        "contract": contract,
        "name": name,
        "side": request.side,
        "size": request.size,
        "stop_ticks": request.stop_ticks,
        "verdict": verdict_of(checked),
        "text": sentence(checked, rules.settings.calendar, now),
        "before": checked.before,
        "after": checked.after,
        "kept": checked.kept.get(contract, 0),
        "most": most(state, rules, trial, now),
        "most_looked_at": LARGEST,
        "price": price(checked.price),
        "loss_at_stop": money(checked.lost),
        "findings": [finding_row(one) for one in checked.findings],
        "at_stop": [finding_row(one) for one in checked.stopped],
        "notes": notes(checked, name),
    }


def seen(account: Guarded) -> Guarded:
    """Return the account if its state may be relied on. Raises Refused."""
    if account.halted or not account.state.is_confirmed:
        why = "is halted" if account.halted else "was not seen yet since the guard started"
        raise Refused(Code.BUSY, f"account {account.name} {why}", "look at `risk status`")
    return account


def known(find: Callable[[State, str], str], state: State, typed: str) -> str:
    """Return the contract that is meant. Raises Refused."""
    try:
        return find(state, typed)
    except NoContract as error:
        raise Refused(Code.NOT_FOUND, error.text, error.help) from error


VERB = Verb(Check, answer)
