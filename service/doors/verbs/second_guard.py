"""second_guard: another guard was started for this home and gave way. It is written down, like everything here."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.verb import Answer, Verb


@dataclass(frozen=True, slots=True)
class SecondGuard:
    """Nothing to say: who it was stands in the trail."""


def answer(request: SecondGuard, house: House) -> Answer:
    """Change nothing."""
    return {}


VERB = Verb(SecondGuard, answer)
