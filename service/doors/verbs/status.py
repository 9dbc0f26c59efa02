"""status: the newest published status, as in status/status.json."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb


@dataclass(frozen=True, slots=True)
class Status:
    """Nothing to say."""


def answer(request: Status, house: House) -> Answer:
    """Return the document that was published last: nobody who asks often makes the guard work for it."""
    published = house.publisher.newest(after=0, seconds=0.0)
    if published is None:
        raise Refused(Code.BUSY, "no status is published yet", "ask again in a moment")
    return {"document": published.document}


VERB = Verb(Status, answer)
