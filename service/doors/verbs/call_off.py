"""call_off: forget the looser changes that wait; what is in force stays in force."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.published.waiting import waiting_part


@dataclass(frozen=True, slots=True)
class CallOff:
    """`account` empty: the only one there is, or with several all of them."""

    account: str = ""


def answer(request: CallOff, house: House) -> Answer:
    """Return what does not come now."""
    chosen = [house.account(request.account)] if request.account else list(house.accounts.values())
    waiting = [account for account in chosen if account.waiting is not None]
    if not waiting:
        raise Refused(Code.NOT_FOUND, "nothing waits to take effect", "there is nothing to call off")
    gone = house.on_engine(
        lambda: [(account, house.ratchet.call_off(account, "the admin")) for account in waiting]
    )
    house.publisher.changed()
    now = house.clock.now()
    return {
        "called_off": [
            {"account": account.name, "waiting": waiting_part(one, account.rules.settings.calendar, now)}
            for account, one in gone
            if one is not None
        ]
    }


VERB = Verb(CallOff, answer)
