"""service_stop: the admin allows the service to be stopped within the next minute. Audited and announced."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb

SHORTEST_REASON = 3


@dataclass(frozen=True, slots=True)
class ServiceStop:
    """`reason` is what the trader reads."""

    reason: str


def answer(request: ServiceStop, house: House) -> Answer:
    """Arm the stop; who then asks the system to stop finds it accepted for a minute."""
    if len(request.reason.strip()) < SHORTEST_REASON:
        raise Refused(
            Code.BAD_REQUEST, "a stop needs a reason", "say in a few words why; the trader reads it"
        )
    heart = house.heart
    if heart is None:
        raise Refused(
            Code.REFUSED, "this guard is no service: it runs in a terminal", "end it there with Ctrl-C"
        )
    house.on_engine(lambda: _announce(house, request.reason.strip()))
    heart.arm()
    return {"armed_s": 60}


def _announce(house: House, reason: str) -> None:
    for account in house.accounts.values():
        house.acts.said(account.name, house.clock.now(), f"an admin allowed a stop of the guard: {reason}")


VERB = Verb(ServiceStop, answer, loosens=True)
