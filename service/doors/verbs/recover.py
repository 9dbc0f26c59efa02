"""recover: a new password at once, with the recovery code in place of the old one. The code works once."""

from dataclasses import dataclass

from connectors.secret import Secret
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.doors.verbs.password import take_password


@dataclass(frozen=True, slots=True)
class Recover:
    """The code, and the password that is to hold from now on."""

    code: Secret
    new: Secret


def answer(request: Recover, house: House) -> Answer:
    """Take the new password and use the code up. Raises Refused for another code."""
    return house.on_engine(lambda: _recovered(request, house))


def _recovered(request: Recover, house: House) -> Answer:
    if not house.recovery.exists:
        raise Refused(
            Code.POLICY,
            "there is no recovery code, or it was used",
            "`risk admin password reset` takes a day",
        )
    if not house.recovery.is_right(request.code.reveal()):
        raise Refused(
            Code.WRONG_PASSWORD,
            "this is not the recovery code",
            "nothing was changed; see that no letter is missing",
        )
    now = house.clock.now()
    house.kept(lambda: house.store.note(now, "password", "the recovery code was used"))
    take_password(house, request.new)
    house.recovery.use_up()
    with house.disk_may_wait():
        house.reset.cancel(now)
    for account in house.accounts.values():
        house.acts.said(account.name, now, "the admin password was set anew with the recovery code")
    return {}


VERB = Verb(Recover, answer, loosens=True, is_open=True)
