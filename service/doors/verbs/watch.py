"""watch: each status as it is published, until the client has seen enough or the guard stops."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.doors.house import House
from service.doors.verb import Answer, Verb

PATIENCE = 10.0
"""Seconds; a status is published at least every 5."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Nothing to say."""


def answer(request: Watch, house: House) -> Iterator[Answer]:
    """Yield the newest status, and every newer one; a slow reader misses some, never the newest."""
    seen = 0
    while (published := house.publisher.newest(after=seen, seconds=PATIENCE)) is not None:
        seen = published.number
        yield {"document": published.document}
        if published.document["daemon"]["state"] == "stopping":
            return


VERB = Verb(Watch, answer)
