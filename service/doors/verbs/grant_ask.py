"""grant_ask: the trader asks for a challenge, which the absent partner answers with a code. Nothing is lifted by it."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.doors.verbs.unlock import chosen, row
from service.grants import codes
from service.grants.record import OPEN_FOR
from service.guarded import Guarded
from service.iso import iso


@dataclass(frozen=True, slots=True)
class GrantAsk:
    """`lock` may be left out where there is one only. `minutes` 0: for good."""

    account: str = ""
    lock: str = ""
    minutes: int = 30


def answer(request: GrantAsk, house: House) -> Answer:
    """Return the challenge with what it stands for, to be read out to the partner."""
    if not 0 <= request.minutes <= codes.LONGEST:
        text = f"a grant is for 1 to {codes.LONGEST} minutes, or for good (0), not {request.minutes}"
        raise Refused(Code.BAD_REQUEST, text, "ask for less")
    if not house.grants.is_set_up:
        raise Refused(
            Code.REFUSED,
            "no partner shares a secret with this guard",
            "the admin runs `risk admin grant setup`",
        )
    account = house.account(request.account)
    return house.on_engine(lambda: _asked(request, house, account))


def _asked(request: GrantAsk, house: House, account: Guarded) -> Answer:
    free = chosen(account, request.lock)
    if len(free) > 1:
        names = ", ".join(f"{one.id} ({one.rule})" for one in free)
        raise Refused(Code.BAD_REQUEST, "say which lock: a code opens one", f"locks: {names}")
    now = house.clock.now()
    one = house.kept(lambda: house.grants.ask(account, free[0], request.minutes, now))
    return {
        "challenge": codes.spelled(one.text),
        "account": account.name,
        "lock": row(free[0], house, account),
        "minutes": request.minutes,
        "expires_at": iso(now + OPEN_FOR),
    }


VERB = Verb(GrantAsk, answer)
