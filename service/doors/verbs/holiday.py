"""holiday: an exception to the market calendar, added to holidays.yaml and taken over by the ratchet."""

import json
from dataclasses import dataclass

from dsl.market_days_exceptions import read_exceptions
from dsl.problems import Problem, Source, has_errors
from dsl.render import render_text
from service.doors.files_changed import change_file
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb

EMPTY = "calendar: cme\nexceptions:\n"


@dataclass(frozen=True, slots=True)
class Holiday:
    """`closes` is a time of Chicago's clock, `closed` or `regular`; `group` empty: all products."""

    date: str
    closes: str
    by: str
    reason: str
    group: str = ""


def answer(request: Holiday, house: House) -> Answer:
    """Add the row. Raises Refused where the file would not be right with it."""
    path = house.home.holidays
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(Code.REFUSED, f"{path} cannot be read", "mend it by hand") from error
    after = f"{(before or EMPTY).rstrip()}\n  - {_row(request)}\n"
    problems: list[Problem] = []
    read_exceptions(Source(path.as_posix(), after), problems)
    if has_errors(problems):
        raise Refused(Code.BAD_REQUEST, "this row cannot be added", render_text(problems)[:1500])
    return {"row": _row(request), "accounts": change_file(house, path, before, after, lambda _: True)}


def _row(request: Holiday) -> str:
    group = f", group: {json.dumps(request.group)}" if request.group else ""
    by, reason = json.dumps(request.by), json.dumps(request.reason)
    return (
        f"{{date: {request.date}, closes: {json.dumps(request.closes)}{group}, by: {by}, reason: {reason}}}"
    )


VERB = Verb(Holiday, answer, loosens=True)
