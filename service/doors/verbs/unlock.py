"""unlock: the admin lifts a lock, or all that can be lifted, now. Audited and announced."""

import json
from dataclasses import dataclass

from engine.events import LockLifted
from engine.locks import Lock, is_promise
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.guarded import Guarded
from service.iso import iso_or_none
from service.wording import lock_end

SHORTEST_REASON = 3


@dataclass(frozen=True, slots=True)
class Unlock:
    """`lock` empty: all locks of the account. `is_dry_run`: say what would be lifted, and lift nothing."""

    account: str
    reason: str
    lock: str = ""
    is_dry_run: bool = False


def answer(request: Unlock, house: House) -> Answer:
    """Lift, and return what was lifted, what stays, and what a rule has set again at once."""
    if len(request.reason.strip()) < SHORTEST_REASON:
        raise Refused(
            Code.BAD_REQUEST, "an unlock needs a reason", "say in a few words why; the trader reads it"
        )
    account = house.account(request.account)
    return house.on_engine(lambda: _unlocked(request, house, account))


def chosen(account: Guarded, lock: str) -> list[Lock]:
    """Return the locks that are meant and can be lifted. Raises Refused."""
    refuse_halted(account)
    held = account.state.locks
    if lock and lock not in held:
        names = ", ".join(f"{one.id} ({one.rule})" for one in held.values()) or "none"
        raise Refused(
            Code.NOT_FOUND, f"account {account.name} has no lock `{lock[:40]}`", f"its locks: {names}"
        )
    wanted = [held[lock]] if lock else list(held.values())
    if not wanted:
        raise Refused(Code.NOT_FOUND, f"account {account.name} is not locked", "there is nothing to lift")
    free = [one for one in wanted if not is_promise(one)]
    if not free:
        text = f"{wanted[0].id} is the trader's own promise: nobody can shorten it, it ends by itself"
        raise Refused(Code.POLICY, text, "`risk status` shows when")
    return free


def refuse_halted(account: Guarded) -> None:
    """Refuse while nothing can be done for an account. Raises Refused."""
    if account.halted:
        text = f"account {account.name} is halted, so nothing can be lifted: {account.halted}"
        raise Refused(Code.REFUSED, text, "see logs/error.log, and restart the guard")


def _unlocked(request: Unlock, house: House, account: Guarded) -> Answer:
    ends_grants = not request.lock and house.grants.has_open(account.id)
    free = [] if ends_grants and not account.state.locks else chosen(account, request.lock)
    promised = [one for one in account.state.locks.values() if is_promise(one) and not request.lock]
    shown = [row(one, house, account) for one in free]
    if request.is_dry_run:
        return {
            "account": account.name,
            "would_lift": shown,
            "stays": [row(one, house, account) for one in promised],
        }
    why = json.dumps({"unlock": [one.id for one in free], "reason": request.reason.strip()[:200]})
    house.kept(lambda: house.store.note(house.clock.now(), "unlock", why, account.id))
    before = set(account.state.locks)
    if ends_grants:  # everything is lifted, so nothing comes back either
        house.kept(lambda: house.grants.forget(account.id, house.clock.now()))
    lifted = lift_all(house, account, free, f"the admin: {request.reason.strip()}")
    if free and not lifted:
        raise Refused(
            Code.REFUSED,
            "the unlock cannot be stored, so nothing was lifted",
            "see `risk status` for the disk's trouble",
        )
    again = [one for name, one in account.state.locks.items() if name not in before]
    return {
        "account": account.name,
        "lifted": [shown_row for shown_row in shown if shown_row["id"] in lifted],
        "stays": [row(one, house, account) for one in promised],
        "set_again": [row(one, house, account) for one in again],
    }


def lift_all(house: House, account: Guarded, locks: list[Lock], by: str) -> list[str]:
    """Lift locks on the engine thread; return those that are gone now. While the disk fails none goes."""
    for lock in locks:
        house.handle(LockLifted(house.clock.now(), account.id, lock.id, by))
    return [lock.id for lock in locks if lock.id not in account.state.locks]


def row(lock: Lock, house: House, account: Guarded) -> Answer:
    """Return a lock for people."""
    calendar = account.rules.settings.calendar
    return {
        "id": lock.id,
        "scope": str(lock.scope),
        "rule": lock.rule,
        "reason": lock.reason,
        "until": iso_or_none(lock.end.at),
        "end": lock_end(lock.end, calendar, house.clock.now()),
    }


VERB = Verb(Unlock, answer, loosens=True)
