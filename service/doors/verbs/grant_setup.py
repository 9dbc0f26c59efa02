"""grant_setup: a new secret for the absent partner, told once and never again."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb


@dataclass(frozen=True, slots=True)
class GrantSetup:
    """Nothing to say."""


def answer(request: GrantSetup, house: House) -> Answer:
    """Return the secret; what was shared before opens nothing any more."""
    try:
        secret = house.on_engine(lambda: house.kept(lambda: house.grants.set_up(house.clock.now())))
    except OSError as error:
        raise Refused(
            Code.REFUSED, f"the secret cannot be written: {error.strerror}", "mend the disk"
        ) from error
    return {"secret": secret}


VERB = Verb(GrantSetup, answer, loosens=True)
