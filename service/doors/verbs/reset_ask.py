"""reset_ask: a new password without the old one and without the code. It takes effect after a day that all can see."""

from dataclasses import dataclass

from connectors.secret import Secret
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.iso import iso
from service.password import PasswordRefused


@dataclass(frozen=True, slots=True)
class ResetAsk:
    """The password that is to hold in a day."""

    new: Secret


def answer(request: ResetAsk, house: House) -> Answer:
    """Begin the wait and say when it is over."""
    try:
        hashed = house.password.hash_of(request.new.reveal())
    except PasswordRefused as refused:
        raise Refused(Code.REFUSED, str(refused), "nothing was changed") from None
    return house.on_engine(lambda: _asked(hashed, house))


def _asked(hashed: str, house: House) -> Answer:
    if not house.clock.is_confirmed:
        raise Refused(
            Code.BUSY,
            "the venue's time is not known, and the wait counts on it",
            "ask again when the guard is connected",
        )
    now = house.clock.now()
    due = house.kept(lambda: house.reset.ask(hashed, now))
    for account in house.accounts.values():
        house.acts.said(
            account.name, now, f"a new admin password was asked for; it takes effect at {iso(due)}"
        )
    return {"due": iso(due)}


VERB = Verb(ResetAsk, answer, loosens=True, is_open=True)
