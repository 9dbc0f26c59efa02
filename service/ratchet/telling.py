"""What people are told of changed rules: lines of the trader's log, which also go to whoever is to be told."""

from collections.abc import Callable, Iterable, Iterator

from dsl.ratchet.change import Change
from engine.units import Instant
from service.guarded import Guarded
from service.ratchet.proposal import Proposal
from service.waiting import Waiting

Said = Callable[[str, Instant, str, str], None]
"""Takes the account's name, a moment, what is said and the kind of line."""

KIND = "rules"


def silent(account: str, at: Instant, text: str, kind: str) -> None:
    """Tell nobody: where rules are only tried."""


def of_asked(
    account: Guarded, proposal: Proposal, before: Waiting | None, by: str, now: Instant
) -> Iterator[str]:
    """Yield what is said once changes were asked for and taken as far as they may be; `before` is what waited."""
    at_once = [change for change in proposal.changes if not change.verdict.waits]
    is_known = before is not None and before.digest == proposal.wanted.kept.digest
    if before is not None and not is_known and (late := _late(before.changes)):
        yield of_called_off(by, late)
    if at_once:
        is_held = account.rules.digest != proposal.now.kept.digest
        when = "in force as soon as the lock that runs now is over" if is_held else "in force now"
        yield f"{by} changed the rules, {when}: {_list(at_once)}"
    if proposal.waits and not is_known and account.waiting is not None:
        due = account.rules.settings.calendar.say(account.waiting.due, now)
        yield f"{by} asked for looser rules, in force from {due} on: {_list(proposal.late)}"


def of_due(waiting: Waiting) -> str:
    """Return what is said when the first step of what waited has come into force."""
    is_looser = waiting.steps[0].is_looser
    meant = [change for change in waiting.changes if change.verdict.waits == is_looser]
    return f"the rules that were asked for are in force now: {_list(meant)}"


def of_called_off(by: str, changes: Iterable[Change]) -> str:
    """Return what is said when changes that waited will not come."""
    return f"{by} called off what was to come: {_list(changes)}"


def _late(changes: Iterable[Change]) -> list[Change]:
    return [change for change in changes if change.verdict.waits]


def _list(changes: Iterable[Change]) -> str:
    return "; ".join(change.text for change in changes)
