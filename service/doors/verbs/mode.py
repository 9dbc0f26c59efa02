"""mode: arm or disarm an account. What arms holds at once; what disarms waits for the next session."""

from dataclasses import dataclass

from dsl.edit import Edit
from dsl.edit_mode import edit_mode
from dsl.render import render_text
from engine.rule import Mode as EngineMode
from service.doors.files_changed import change_file
from service.doors.house import House
from service.doors.refused import Code, Refused, bad_request
from service.doors.verb import Answer, Verb

MODES = {mode.name.lower(): mode for mode in EngineMode}


@dataclass(frozen=True, slots=True)
class Mode:
    """`mode` is off, shadow, warn or enforce. `is_dry_run`: say what would happen, and change nothing."""

    account: str
    mode: str
    is_dry_run: bool = False


def answer(request: Mode, house: House) -> Answer:
    """Write the mode into the account's file and take it over as far as it is stricter."""
    if request.mode not in MODES:
        raise bad_request(f"there is no mode `{request.mode[:20]}`", f"modes: {', '.join(MODES)}")
    account = house.account(request.account)
    path = house.home.accounts / f"{account.name}.yaml"
    edit = edit_mode(path, request.mode)
    if not isinstance(edit, Edit):
        raise Refused(Code.REFUSED, f"{path} cannot be changed", render_text(edit)[:1500])
    known = {"account": account.name, "mode": request.mode, "before": edit.old, "in_force": account.mode}
    if request.is_dry_run:
        now, calendar = house.clock.now(), account.rules.settings.calendar
        is_looser = MODES[request.mode] < MODES[account.mode]
        return known | {
            "looser_from": calendar.say(house.ratchet.due(now), now) if is_looser else "",
            "changes": [],
        }
    if edit.before == edit.after and account.mode == request.mode:
        raise Refused(
            Code.REFUSED, f"account {account.name} is in mode {request.mode} already", "nothing was changed"
        )
    (row,) = change_file(house, path, edit.before, edit.after, lambda one: one.settings.id == account.id)
    house.on_engine(
        lambda: house.acts.said(account.name, house.clock.now(), _said(request.mode, str(row["looser_from"])))
    )
    return known | row | {"in_force": account.mode}


def _said(mode: str, looser_from: str) -> str:
    when = f" from {looser_from} on" if looser_from else ""
    return f"the admin puts this account into mode {mode}{when}"


VERB = Verb(Mode, answer, loosens=True)
