"""clock_in: the trader comes to the desk. It is written down and loosens nothing: locks and rules know no clock."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.guarded import Guarded
from service.iso import iso


@dataclass(frozen=True, slots=True)
class ClockIn:
    """`account` empty: all of them. `rules` is the digest of the limits that the trader was shown, for the record."""

    account: str = ""
    rules: str = ""


def answer(request: ClockIn, house: House) -> Answer:
    """Begin a shift in each account where the trader is not at the desk yet."""
    accounts = meant(request.account, house)
    return house.on_engine(lambda: _in(request, house, accounts))


def meant(name: str, house: House) -> list[Guarded]:
    """Return one account, or all of them. Raises Refused."""
    return [house.account(name)] if name else list(house.accounts.values())


def _in(request: ClockIn, house: House, accounts: list[Guarded]) -> Answer:
    now = house.clock.now()
    known = {one.name: house.trade_clock.is_in(one, now) for one in accounts}
    since = [shift.started_at for shift in known.values() if shift is not None]
    if len(since) == len(accounts):
        when = accounts[0].rules.settings.calendar.say(min(since), now)
        raise Refused(Code.REFUSED, f"clocked in already, since {when}", "see `risk clock status`")
    done = [one for one in accounts if known[one.name] is None]
    for one in done:
        with house.disk_may_wait():
            house.trade_clock.clock_in(one, now, request.rules[:80])
        house.acts.said(one.name, now, "the trader clocked in", "clock_in")
    house.publisher.changed()
    return {"at": iso(now), "accounts": [one.name for one in done]}


VERB = Verb(ClockIn, answer)
