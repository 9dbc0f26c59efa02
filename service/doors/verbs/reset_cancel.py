"""reset_cancel: whoever knows the password calls off the new one that waits for its day."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb


@dataclass(frozen=True, slots=True)
class ResetCancel:
    """Nothing to say."""


def answer(request: ResetCancel, house: House) -> Answer:
    """End the wait. Raises Refused where there is none."""
    if not house.on_engine(lambda: house.kept(lambda: house.reset.cancel(house.clock.now()))):
        raise Refused(Code.NOT_FOUND, "no new password is waiting", "nothing was changed")
    return {}


VERB = Verb(ResetCancel, answer)
