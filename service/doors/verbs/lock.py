"""lock: the trader closes trading to themselves for a while. What is open may be left; nobody can shorten it."""

from dataclasses import dataclass

from engine.events import LockRequested
from engine.locks import TRADER, LockKind
from engine.locks import Lock as EngineLock
from engine.scope import ACCOUNT, Scope, of_symbol
from engine.units import DAY, SECOND, Duration
from service.doors.house import House
from service.doors.moments import moment_of
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.guarded import Guarded
from service.iso import iso, iso_or_none
from service.wording import lock_end

LONGEST = Duration(31 * DAY)
"""A slip of the finger must not close an account for years: nobody can take it back."""


@dataclass(frozen=True, slots=True)
class Lock:
    """`until` in words: `2h`, `reset` (the next trading day), `15:00`, or a time with its date and offset.

    `is_dry_run`: say what would hold, and lock nothing.
    """

    until: str = "reset"
    symbol: str = ""
    account: str = ""
    is_dry_run: bool = False


def answer(request: Lock, house: House) -> Answer:
    """Set the lock and return it as it is now in force, with what is held."""
    account = house.account(request.account)
    if account.halted:
        raise Refused(Code.REFUSED, f"account {account.name} is halted and counts as locked already")
    symbol = _known_symbol(account, request.symbol)
    return house.on_engine(lambda: _locked(request, house, account, symbol))


def _locked(request: Lock, house: House, account: Guarded, symbol: str | None) -> Answer:
    now = house.clock.now()
    calendar = account.rules.settings.calendar
    until = moment_of(request.until, calendar, now)
    if until - now > LONGEST:
        text = f"{request.until} is more than {LONGEST // DAY} days, and nobody could take it back"
        raise Refused(Code.POLICY, text, "lock for a shorter time; it can be made longer at any moment")
    scope = ACCOUNT if symbol is None else of_symbol(symbol)
    if request.is_dry_run:
        old = _voluntary(account, scope)
        until = max(until, old.end.at or until) if old else until
        return {
            "account": account.name,
            "scope": str(scope),
            "until": iso(until),
            "end": calendar.say(until, now),
            "seconds": (until - now) // SECOND,
        }
    house.handle(LockRequested(now, account.id, symbol, until, TRADER))
    lock = _voluntary(account, scope)
    assert lock is not None, "the engine sets what was asked for"
    return {
        "account": account.name,
        "lock": lock.id,
        "scope": str(lock.scope),
        "until": iso_or_none(lock.end.at),
        "end": lock_end(lock.end, calendar, now),
        "asked_until": iso(until),
        "is_kept": not house.alarms.has("store_failed"),
        "positions": {
            account.state.root(contract): held.size for contract, held in account.state.positions.items()
        },
    }


def _voluntary(account: Guarded, scope: Scope) -> EngineLock | None:
    found = account.state.locks.values()
    return next(
        (one for one in found if one.kind is LockKind.VOLUNTARY and one.by == TRADER and one.scope == scope),
        None,
    )


def _known_symbol(account: Guarded, symbol: str) -> str | None:
    """Return the root as the venue writes it, None for the whole account. Raises Refused."""
    if not symbol:
        return None
    roots = {one.root for one in account.state.instruments.values()}
    wanted = symbol.upper()
    if wanted in roots:
        return wanted
    near = sorted(root for root in roots if root.startswith(wanted[:2]))[:5]
    raise Refused(
        Code.NOT_FOUND,
        f"the venue lists no symbol `{symbol[:20]}`; nothing was locked",
        f"did you mean {' or '.join(near)}?" if near else "leave it out to lock the whole account",
    )


VERB = Verb(Lock, answer)
