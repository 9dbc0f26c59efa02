"""Changing a file of the home by a verb: written whole, judged by the ratchet, taken back where it cannot be used."""

from collections.abc import Callable
from pathlib import Path

from dsl.atomic import write_whole
from dsl.render import render_text
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer
from service.permissions import open_to_all
from service.published.waiting import change_row
from service.ratchet.proposal import CannotApply, Proposal


def change_file(
    house: House, path: Path, before: str | None, after: str, is_meant: Callable[[Proposal], bool]
) -> list[Answer]:
    """Write `after` in place of `before` (None: there is no file yet) and take over what follows for the accounts meant.

    What is stricter holds at once, what is looser waits. Raises Refused; then the file is as it was.
    """
    require_safe(house)
    _write(path, after)
    try:
        asked = house.ratchet.read()
    except CannotApply as error:
        if before is None:
            path.unlink()
        else:
            _write(path, before)
        text = "with this change the files of the home cannot be used"
        raise Refused(
            Code.REFUSED, text, f"nothing was changed: {render_text(error.problems)[:1500]}"
        ) from None
    meant = [proposal for proposal in asked.proposals if is_meant(proposal)]
    rows = house.on_engine(lambda: [_taken(house, proposal) for proposal in meant])
    house.publisher.changed()
    return rows


def require_safe(house: House) -> None:
    """Raise Refused where anyone may have written what is to be taken over."""
    problem = next(open_to_all(house.home), None)
    if problem is not None:
        what, _, fix = problem.partition(": ")
        raise Refused(Code.POLICY, f"{what}, so nothing is taken from there", fix)


def _taken(house: House, proposal: Proposal) -> Answer:
    account = house.accounts[proposal.settings.id]
    waiting = house.ratchet.take(proposal, house.loop, "the admin")
    now, calendar = house.clock.now(), account.rules.settings.calendar
    return {
        "account": account.name,
        "changes": [change_row(change) for change in proposal.changes],
        "looser_from": calendar.say(waiting.due, now) if waiting is not None and proposal.waits else "",
    }


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        advice = "change the file as its owner, then `risk admin apply`"
        raise Refused(Code.REFUSED, f"the guard may not write {path}: {error.strerror}", advice) from error
