"""recovery_code: a new code for the day on which the password is lost, told once and never again."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb


@dataclass(frozen=True, slots=True)
class NewRecoveryCode:
    """Nothing to say."""


def answer(request: NewRecoveryCode, house: House) -> Answer:
    """Return the code; the one before it opens nothing any more."""
    try:
        return {"code": house.on_engine(house.recovery.make)}
    except OSError as error:
        raise Refused(Code.REFUSED, f"the code cannot be kept: {error.strerror}", "mend the disk") from error


VERB = Verb(NewRecoveryCode, answer, loosens=True)
