"""backup: one file with everything a home needs to go on elsewhere, API keys left out."""

from dataclasses import dataclass

from engine.units import SECOND
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.whole_backup import WholeBackupFailed, back_up_home


@dataclass(frozen=True, slots=True)
class Backup:
    """Nothing to say."""


def answer(request: Backup, house: House) -> Answer:
    """Write the backup and say where it is. Written on this thread: the guard goes on meanwhile."""
    house.on_engine(lambda: house.kept(house.store.flush))
    path = house.home.backups / f"home-{house.clock.now() // SECOND}.zip"
    try:
        files = back_up_home(house.home, path)
    except WholeBackupFailed as failed:
        raise Refused(Code.REFUSED, str(failed), "see that the disk has room") from None
    return {"path": str(path), "files": files}


VERB = Verb(Backup, answer)
