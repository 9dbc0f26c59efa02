"""password: the admin sets a new password, with the old one in the message."""

from dataclasses import dataclass

from connectors.secret import Secret
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.password import PasswordRefused


@dataclass(frozen=True, slots=True)
class Password:
    """The new password."""

    new: Secret


def answer(request: Password, house: House) -> Answer:
    """Take the new password, and let everybody read that there is one."""
    take_password(house, request.new)
    house.on_engine(lambda: _tell(house))
    return {}


def _tell(house: House) -> None:
    for account in house.accounts.values():
        house.acts.said(account.name, house.clock.now(), "the admin password was changed by the admin")


def take_password(house: House, new: Secret) -> None:
    """Set the password. Raises Refused for a weak one."""
    try:
        house.password.set(new.reveal())
    except PasswordRefused as refused:
        raise Refused(Code.REFUSED, str(refused), "nothing was changed") from None


VERB = Verb(Password, answer, loosens=True)
