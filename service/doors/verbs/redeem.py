"""redeem: the code of the absent partner lifts the one lock it was made for. The only verb of this door that loosens."""

from dataclasses import dataclass

from connectors.secret import Secret
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.doors.verbs.unlock import lift_all, refuse_halted, row
from service.grants import codes
from service.grants.desk import WrongCode
from service.iso import iso


@dataclass(frozen=True, slots=True)
class Redeem:
    """The code as the partner read it out."""

    code: Secret


def answer(request: Redeem, house: House) -> Answer:
    """Lift the lock. Raises Refused for a code that is wrong, used, too old or for something else."""
    if not house.grants.is_set_up:
        raise Refused(
            Code.REFUSED,
            "no partner shares a secret with this guard",
            "the admin runs `risk admin grant setup`",
        )
    given = codes.read_code(request.code.reveal())
    if not (given.isascii() and given.isdigit() and len(given) == codes.DIGITS):
        raise Refused(Code.BAD_REQUEST, f"a code has {codes.DIGITS} digits", "nothing was lifted")
    return house.on_engine(lambda: _redeemed(given, house))


def _redeemed(given: str, house: House) -> Answer:
    now = house.clock.now()
    wait = house.grants.book.wait(now)
    if wait:
        text = "too soon after a wrong code; this one was not looked at"
        raise Refused(Code.WAIT, text, f"nothing was lifted; try again after {wait} s")
    try:
        one = house.kept(lambda: house.grants.wrong_or_challenge(given, now))
    except WrongCode as wrong:
        raise Refused(
            Code.REFUSED, str(wrong), "nothing was lifted; `risk redeem` without a code makes a new challenge"
        ) from None
    account = house.accounts.get(one.account)
    lock = account.state.locks.get(one.lock) if account else None
    if account is None or lock is None:
        raise Refused(Code.NOT_FOUND, f"lock {one.lock} is over already", "`risk status` shows what holds")
    refuse_halted(account)
    shown = row(lock, house, account)
    comeback = house.kept(lambda: house.grants.spend(one, lock, account, now))
    length = f"for {one.minutes} minutes" if one.minutes else "for good"
    before = set(account.state.locks)
    if not lift_all(house, account, [lock], f"the partner's code, {length}"):
        raise Refused(
            Code.REFUSED,
            "the unlock cannot be stored, so nothing was lifted",
            "ask the partner for another code later",
        )
    again = [row(held, house, account) for name, held in account.state.locks.items() if name not in before]
    closes_at = iso(comeback.at) if comeback else None
    return {
        "account": account.name,
        "lifted": shown,
        "minutes": one.minutes,
        "closes_at": closes_at,
        "set_again": again,
    }


VERB = Verb(Redeem, answer, loosens=True)
