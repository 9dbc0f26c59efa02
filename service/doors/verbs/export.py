"""export: the evidence bundle of a dispute, written into the home, redacted, with the end of the audit chain."""

from dataclasses import dataclass

from engine.units import DAY, SECOND, Duration, Instant
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.evidence import ExportFailed, export

LONGEST = 3650


@dataclass(frozen=True, slots=True)
class Export:
    """How many days back."""

    days: int = 30


def answer(request: Export, house: House) -> Answer:
    """Write the bundle and say where it is. Written on this thread: the guard goes on meanwhile."""
    if not 1 <= request.days <= LONGEST:
        raise Refused(
            Code.BAD_REQUEST, f"1 to {LONGEST} days back, not {request.days}", "nothing was written"
        )
    house.on_engine(lambda: house.kept(house.store.flush))
    now = house.clock.now()
    path = house.home.data / "exports" / f"evidence-{now // SECOND}.zip"
    since = Instant(max(now - Duration(request.days * DAY), 0))
    try:
        made = export(house.home, path, since, now)
    except ExportFailed as failed:
        raise Refused(Code.REFUSED, str(failed), "see that the disk has room") from None
    return {"path": str(made.path), "rows": made.rows, "files": made.files, "audit_head": made.head}


VERB = Verb(Export, answer)
