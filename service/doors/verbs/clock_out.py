"""clock_out: the trader leaves the desk. Positions are left as they are, and so are locks."""

from dataclasses import dataclass

from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb
from service.doors.verbs.clock_in import meant
from service.guarded import Guarded
from service.iso import iso


@dataclass(frozen=True, slots=True)
class ClockOut:
    """`account` empty: all of them."""

    account: str = ""


def answer(request: ClockOut, house: House) -> Answer:
    """End the shift of each account where there is one."""
    accounts = meant(request.account, house)
    return house.on_engine(lambda: _out(house, accounts))


def _out(house: House, accounts: list[Guarded]) -> Answer:
    now = house.clock.now()
    done = [one for one in accounts if house.trade_clock.is_in(one, now) is not None]
    if not done:
        raise Refused(Code.REFUSED, "you are not clocked in", "`risk clock in` begins a day at the desk")
    seconds = 0
    for one in done:
        shift = house.trade_clock.is_in(one, now)
        assert shift is not None, "these are clocked in"
        seconds = max(seconds, shift.seconds(now, shift.day))
        with house.disk_may_wait():
            house.trade_clock.clock_out(one, now)
        house.acts.said(one.name, now, "the trader clocked out", "clock_out")
    house.publisher.changed()
    held = {one.state.root(key): row.size for one in done for key, row in one.state.positions.items()}
    return {"at": iso(now), "accounts": [one.name for one in done], "seconds": seconds, "positions": held}


VERB = Verb(ClockOut, answer)
