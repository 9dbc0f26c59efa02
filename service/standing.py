"""Ground and parts of the daemon, also where the store opens but does not give back what is in it."""

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack

from service.exits import CannotStart, Exit
from service.ground import Ground
from service.home import Home
from service.parts import Parts, lay_ground

TRIES = 3

Build = Callable[[Ground, ExitStack], Parts]


def stand_up(home: Home, build: Build, *, as_service: bool) -> tuple[Ground, Parts, ExitStack]:
    """Return all that is needed to guard; the stack closes it. Raises CannotStart; then nothing is left open.

    A disk that stumbles while the accounts are recovered is asked once more, and then left alone: the guard works from
    memory with every account locked, since it cannot know what it does not get to read.
    """
    unusable = ""
    for last in range(TRIES):
        with ExitStack() as stack:
            try:
                ground = lay_ground(home, stack, as_service=as_service, unusable=unusable)
                parts = build(ground, stack)
            except sqlite3.DatabaseError as error:
                text = f"{home.store} cannot be read ({error}): the disk may be failing"
                unusable = text if last == TRIES - 2 else ""
                continue
            return ground, parts, stack.pop_all()
    raise CannotStart(Exit.UNUSABLE, f"{text}. Mend it, or restore a backup from {home.backups}")
