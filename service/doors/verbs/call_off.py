"""call_off: forget the looser changes that wait; what is in force stays in force."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.guarded import Guarded
from service.published.waiting import change_row, waiting_part
from service.ratchet.telling import KIND, of_called_off


@dataclass(frozen=True, slots=True)
class CallOff:
    """`account` empty: the only one there is, or with several all of them."""

    account: str = ""


def answer(request: CallOff, house: House) -> Answer:
    """Return what does not come now."""
    chosen = [house.account(request.account)] if request.account else list(house.accounts.values())
    gone = house.on_engine(lambda: [row for account in chosen if (row := _called_off(account, house))])
    if not gone:
        raise Refused(Code.NOT_FOUND, "nothing waits to take effect", "there is nothing to call off")
    house.publisher.changed()
    return {"called_off": gone}


def _called_off(account: Guarded, house: House) -> Answer:
    """Forget what waits for an account: changes of its rules, and of how or whether it is guarded."""
    now, calendar = house.clock.now(), account.rules.settings.calendar
    rules = waiting_part(house.ratchet.call_off(account, "the admin"), calendar, now)
    beside = house.ratchet.home.call_off([account.id]).get(account.id, ())
    if beside:
        house.acts.said(account.name, now, of_called_off("the admin", beside), KIND)
    if rules is None and not beside:
        return {}
    return {"account": account.name, "waiting": rules, "beside": [change_row(change) for change in beside]}


VERB = Verb(CallOff, answer)
