"""ping: whether the guard answers, which version it is, and what time it trusts."""

import os
from dataclasses import dataclass

from service.doors.house import House
from service.doors.verb import Answer, Verb
from service.iso import iso
from service.version import version


@dataclass(frozen=True, slots=True)
class Ping:
    """Nothing to say."""


def answer(request: Ping, house: House) -> Answer:
    """Return who answers."""
    return {
        "version": version(),
        "pid": os.getpid(),
        "venue_time": iso(house.clock.now()),
        "accounts": sorted(account.name for account in house.accounts.values()),
    }


VERB = Verb(Ping, answer)
