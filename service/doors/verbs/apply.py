"""apply: take the home's files over. What is stricter holds at once, what is looser from the next session on."""

from dataclasses import dataclass

from dsl.ratchet.change import Change
from dsl.render import render_text
from engine.units import Instant
from service.doors.files_changed import require_safe
from service.doors.house import House
from service.doors.verb import Answer, Verb
from service.iso import iso
from service.published.waiting import change_row, waiting_part
from service.ratchet.proposal import Asked, CannotApply, Proposal
from service.ratchet.telling import KIND
from service.settings import AccountSettings


@dataclass(frozen=True, slots=True)
class Apply:
    """`is_dry_run`: say what would change, and change nothing."""

    is_dry_run: bool = False


def answer(request: Apply, house: House) -> Answer:
    """Return the changes of each account, judged, and from when on each of them holds.

    Files that cannot be used change nothing; then the answer has their problems.
    """
    require_safe(house)
    try:
        asked = house.ratchet.read()
    except CannotApply as error:
        return {"is_usable": False, "problems": render_text(error.problems), "accounts": []}
    due = house.ratchet.due(house.clock.now())
    if request.is_dry_run:
        accounts = [_would(proposal, house) for proposal in asked.proposals]
        home = house.ratchet.home.asks(asked.settings, due, house.accounts)
    else:
        accounts, home = house.on_engine(lambda: _all_taken(asked, due, house))
        house.publisher.changed()
    waits = any(change.verdict.waits for change in home)
    return {
        "is_usable": True,
        "is_dry_run": request.is_dry_run,
        "accounts": accounts,
        "home": [change_row(change) for change in home],
        "home_from": iso(due) if waits else "",
        "added": [one.name for one, _ in asked.added],
        "needs_start": [one.name for one, _ in asked.added if not _can_take(one, house)],
        "left_out": list(asked.left_out),
    }


def _can_take(settings: AccountSettings, house: House) -> bool:
    """Say whether an account that is new can be guarded at once: its login is in use."""
    return house.newcomers is not None and house.newcomers.can_take(settings)


def _would(proposal: Proposal, house: House) -> Answer:
    now, account = house.clock.now(), house.accounts[proposal.settings.id]
    calendar = account.rules.settings.calendar
    due = house.ratchet.due(now)
    return {
        "account": account.name,
        "changes": [change_row(change) for change in proposal.changes],
        "digest": proposal.now.kept.digest,
        "looser_from": calendar.say(due, now) if proposal.waits else "",
        "waiting": waiting_part(account.waiting, calendar, now),
    }


def _all_taken(asked: Asked, due: Instant, house: House) -> tuple[list[Answer], tuple[Change, ...]]:
    accounts = [_taken(proposal, house) for proposal in asked.proposals]
    for settings, armed in asked.added:
        if house.newcomers is not None and house.newcomers.can_take(settings):
            account = house.newcomers.take(settings, armed, house.loop)
            text = "the admin put this account under guard"
            house.acts.said(account.name, house.clock.now(), text, KIND)
    changes, is_new = house.ratchet.home.take(asked.settings, due, house.accounts)
    if is_new:
        _tell(changes, due, house)
    return accounts, changes


def _tell(changes: tuple[Change, ...], due: Instant, house: House) -> None:
    """Let every account concerned read what changes for it beside its rules, and when."""
    now = house.clock.now()
    for change in changes:
        for account in house.accounts.values():
            if change.what in (f"account {account.name}", "loosen_delay"):
                calendar = account.rules.settings.calendar
                when = f"from {calendar.say(due, now)} on" if change.verdict.waits else "now"
                house.acts.said(account.name, now, f"the admin asked for, {when}: {change.text}", KIND)


def _taken(proposal: Proposal, house: House) -> Answer:
    """Take one account's rules over; what is said is how things are then."""
    account = house.accounts[proposal.settings.id]
    waiting = house.ratchet.take(proposal, house.loop, "the admin")
    now, calendar = house.clock.now(), account.rules.settings.calendar
    return {
        "account": account.name,
        "changes": [change_row(change) for change in proposal.changes],
        "digest": account.rules.digest,
        "looser_from": calendar.say(waiting.due, now) if waiting is not None and proposal.waits else "",
        "waiting": waiting_part(waiting, calendar, now),
        "is_kept": not house.alarms.has("store_failed"),
    }


VERB = Verb(Apply, answer, loosens=True)
