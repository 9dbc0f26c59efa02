"""One account in the status document."""

from typing import Any

from engine.events import Link
from engine.modes import may_act
from engine.state import State
from engine.units import Instant
from engine.view import gauges, trading_state
from service.guarded import Guarded
from service.iso import iso_or_none, money
from service.published.days import session
from service.published.gauges import rule_row
from service.published.losers import Left, losers_row
from service.published.results import day_figures
from service.published.rows import enforcement_row, lock_row, order_row, position_row
from service.published.verdict import verdict
from service.published.waiting import waiting_part
from service.published.why_not import waits_for, why_not

LIVE = (
    "the venue says this account is not simulated, so nothing is sent; see enforce_live in the account's file"
)


def account_part(account: Guarded, now: Instant, left: Left | None = None) -> dict[str, Any]:
    """Return everything that is shown of an account at `now`, which may be later than its last event."""
    state, rules = account.shown, account.rules
    readings = gauges(state, rules)
    status = state.status
    return {
        "name": account.name,
        "id": account.id,
        "venue_name": status.name if status else "",
        "mode": account.mode if may_act(state, rules) else "warn",
        "mode_reason": "" if may_act(state, rules) else LIVE,
        "ruleset": {"name": rules.name, "digest": rules.digest, "files": dict(account.files)},
        "waiting": waiting_part(account.waiting, rules.settings.calendar, now),
        "balance": money(status.balance) if status else None,
        "day": day_figures(account),
        "can_trade": status.can_trade if status else None,
        "simulated": status.simulated if status else None,
        "synced_at": iso_or_none(state.synced_at),
        "is_confirmed": state.is_confirmed,
        "links": {link.value: _link(state, link) for link in Link},
        "way": _way(state),
        "session": session(rules.settings, now),
        "trading_state": trading_state(state).value,
        "verdict": verdict(account, readings, now, left),
        "losers": losers_row(left),
        "rules": [rule_row(reading) | why_not(reading, state, rules, now) for reading in readings],
        "positions": [
            position_row(state, rules.settings, held) for _, held in sorted(state.positions.items())
        ],
        "orders": [order_row(state, order) for _, order in sorted(state.orders.items())],
        "locks": [
            lock_row(lock, rules.settings.calendar, now) | {"waits_for": waits_for(lock, state, now)}
            for lock in state.locks.values()
        ],
        "enforcements": [enforcement_row(one, state) for one in account.recent],
    }


def _way(state: State) -> str:
    """Return how the account is seen: `stream`, `rest` (polled, with the hub down or switched off), or `none`."""
    live = {link for link, seen in state.links.items() if seen.is_live}
    if Link.USER_HUB in live:
        return "stream"
    return "rest" if Link.REST in live else "none"


def _link(state: State, link: Link) -> dict[str, Any]:
    seen = state.links.get(link)
    if seen is None:
        return {"is_live": None, "since": None, "reason": "not tried yet"}
    return {"is_live": seen.is_live, "since": iso_or_none(seen.since), "reason": seen.reason}
