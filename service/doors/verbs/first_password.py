"""first_password: sets the admin password where there is none yet; whoever owns the guard may do that."""

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.doors.verbs.password import Password, take_password


def answer(request: Password, house: House) -> Answer:
    """Take the first password. Raises Refused where one is set."""
    if house.password.exists:
        raise Refused(
            Code.POLICY, "there is an admin password already", "change it with `risk admin password`"
        )
    take_password(house, request.new)
    return {}


VERB = Verb(Password, answer, is_open=True)
