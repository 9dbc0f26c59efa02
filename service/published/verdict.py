"""The one line that says whether one may trade, and until when not."""

from collections.abc import Sequence
from typing import Any

from dsl import say
from engine.events import Link
from engine.locks import EndKind, Lock
from engine.scope import ScopeKind
from engine.state import State
from engine.units import Instant
from engine.view import GaugeReading
from service.guarded import Guarded
from service.iso import iso_or_none
from service.published.losers import Left
from service.wording import gauge_words, lock_end


def verdict(
    account: Guarded, readings: Sequence[GaugeReading], now: Instant, left: Left | None = None
) -> dict[str, Any]:
    """Return level, words and the end of the strictest lock. What hides the account from us comes before all else.

    `because` is what the lock's rule measures (`3/3 trades this hour`), `left` how many losers end the day.
    """
    state = account.shown
    blind = _blindness(account)
    lock = _longest([one for one in state.locks.values() if one.scope.kind is ScopeKind.ACCOUNT])
    if lock is not None:
        text = _locked(account, lock, now) + (f" ({blind})" if blind else "")
        return _row("blind" if account.halted else "locked", text, lock.end.at, _because(lock, readings))
    if blind:
        return _row("blind", f"BLIND: {blind}", None)
    partial = _longest(list(state.locks.values()))
    if partial is not None:
        text = f"{partial.scope}: {_locked(account, partial, now)}"
        return _row("warning", text, partial.end.at, _because(partial, readings))
    if state.status is not None and not state.status.can_trade:
        return _row("warning", "the venue does not let this account trade", None)
    worst = [reading for reading in readings if reading.color in ("red", "yellow", "unknown")]
    if left is not None and left.count == 1:
        near = next((one for one in readings if one.rule == left.stop.rule), None)
        words = f" ({gauge_words(near)})" if near is not None and gauge_words(near) else ""
        text = f"1 loss of {say.money(left.loss)} away from: {left.stop.title}{words}"
        return _row("warning", f"WARNING: {text}", None)
    if worst:
        return _row("warning", f"WARNING: {', '.join(dict.fromkeys(_named(one) for one in worst))}", None)
    return _row("ok", "OK to trade", None)


def _named(reading: GaugeReading) -> str:
    words = gauge_words(reading)
    subject = f"{reading.subject}: " if reading.subject else ""
    return f"{subject}{reading.title} ({words})" if words else f"{subject}{reading.title}"


def _blindness(account: Guarded) -> str:
    """Return why the account cannot be seen, empty if it can."""
    if account.halted:
        return f"halted, nothing is enforced: {account.halted}"
    state = account.shown
    if state.synced_at is None:
        return "the venue's view of the account is not known yet"
    if not (_is_live(state, Link.USER_HUB) or _is_live(state, Link.REST)):
        return "no way to the venue answers" + ("" if state.is_confirmed else UNCONFIRMED)
    if not state.is_confirmed:
        return "the venue's view of the account is not known yet" + UNCONFIRMED
    return ""


UNCONFIRMED = "; what is shown was stored before the guard started and is not confirmed"
"""Old values may tighten, but they free nobody."""


def _is_live(state: State, link: Link) -> bool:
    seen = state.links.get(link)
    return seen is not None and seen.is_live


def _longest(locks: list[Lock]) -> Lock | None:
    return max(locks, key=lambda one: (one.end.kind is EndKind.MANUAL, one.end.at or 0), default=None)


def _locked(account: Guarded, lock: Lock, now: Instant) -> str:
    end = lock_end(lock.end, account.rules.settings.calendar, now)
    when = "until an admin unlocks" if lock.end.kind is EndKind.MANUAL else f"until {end}"
    if lock.end.kind is EndKind.INSTANT and lock.end.at is not None and lock.end.at <= now:
        when = "until the account is flat"
    return f"LOCKED {when}: {lock.reason}"


def _because(lock: Lock, readings: Sequence[GaugeReading]) -> str:
    """Return what the rule of a lock measures now, empty where it measures nothing."""
    own = next((one for one in readings if one.rule == lock.rule and one.is_locked and one.unit), None)
    return gauge_words(own) if own is not None else ""


def _row(level: str, text: str, until: Instant | None, because: str = "") -> dict[str, Any]:
    return {"level": level, "text": text, "until": iso_or_none(until), "because": because}
