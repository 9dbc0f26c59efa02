"""Thirty virtual days without a stop, two accounts: counters and locks are right every day."""

import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dsl.pipeline import load_ruleset
from engine.events import Link, LinkSeen
from engine.locks import EndKind
from engine.rule import Mode, RuleSet
from engine.units import HOUR, MINUTE, SCALE, SECOND, Instant
from engine.view import gauges
from service.rehearsal.translate import fill_of

HERE = Path(__file__).parent
MONTH, VENUE = runpy.run_path(str(HERE / "month.py")), runpy.run_path(str(HERE / "month_venue.py"))
STARTER = Path(__file__).resolve().parents[2] / "rulesets" / "starter"
RULES = (
    "ruleset",
    "lists",
    "daily_realized_loss",
    "max_contracts",
    "cooldown_after_loss",
    "session_block_outside",
)
CHICAGO = ZoneInfo("America/Chicago")
OLD, NEW = "CON.F.US.MES.Z26", "CON.F.US.MES.H27"
LIMIT = 40
CLOSED = {date(2026, 11, 26), date(2026, 12, 25), date(2027, 3, 26)}


def instant(day: date, hour: int, minute: int = 0) -> Instant:
    at = datetime.combine(day, time(hour, minute), CHICAGO)
    return Instant(int(at.timestamp()) * SECOND)


def opening_of(at: Instant) -> Instant:
    """Return when the trading day of an instant opened: the last 17:00 in Chicago."""
    local = datetime.fromtimestamp(at / SECOND, UTC).astimezone(CHICAGO)
    day = local.date() if local.hour >= 17 else local.date() - timedelta(days=1)
    return instant(day, 17)


@pytest.fixture
def rules(tmp_path: Path) -> RuleSet:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name in RULES:
        text = (STARTER / f"{name}.yaml").read_text(encoding="utf-8")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    loaded = load_ruleset(folder, overrides={"daily_realized_loss.limit": f"${LIMIT}"})
    assert loaded.ruleset is not None, loaded.problems
    enforced = tuple(replace(rule, mode=Mode.ENFORCE) for rule in loaded.ruleset.rules)
    return replace(loaded.ruleset, rules=enforced, ceiling=Mode.ENFORCE)


@pytest.fixture
def month_from(tmp_path: Path, rules: RuleSet) -> Iterator[Callable[[date], Any]]:
    made = []

    def make(day: date) -> Any:
        start = instant(day, 12)
        venue = VENUE["Venue"](start, OLD, NEW, instant(day + timedelta(days=9), 9), frozenset(CLOSED))
        (tmp_path / "home").mkdir()
        made.append(MONTH["Month"](tmp_path / "home", rules, start, venue))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.timeout(3000)
def test_counters_and_locks_are_right_on_each_of_thirty_days(
    month_from: Callable[[date], Any], is_nightly: bool, record_property: Callable[[str, str], None]
) -> None:
    days = 30 if is_nightly else 4
    run_days(month_from(date(2026, 10, 29)), days, record_property)


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_the_weeks_of_the_other_clock_change_and_good_friday_are_right_too(
    month_from: Callable[[date], Any], record_property: Callable[[str, str], None]
) -> None:
    run_days(month_from(date(2027, 3, 11)), 17, record_property)


def run_days(month: Any, days: int, record_property: Callable[[str, str], None]) -> None:
    end, hours, locked = month.now + days * 24 * HOUR, 0, 0
    while month.now < end:
        month.tick()
        if month.now % HOUR < 5 * MINUTE:
            hours += 1
            trouble(month, hours)
            month.look()
            locked += sum(check(month, account) for account in month.inside.accounts.values())
    trades = len(month.exchange.venue.trades)
    assert trades > days * 8
    assert locked > 0
    row = f"{days} days from hour to hour, {month.lives} lives, {trades} fills, {locked} hours locked for the day"
    record_property("sim:weeks without a stop", row)


def trouble(month: Any, hours: int) -> None:
    """Do something to the guard now and then: a mute stream, a token renewed, a turned clock, a death, a reboot."""
    month.is_mute = hours % 7 == 3
    if hours % 24 == 20:
        month.hear(LinkSeen(month.now, Link.LOGIN, False, "the token is renewed"))
        month.hear(LinkSeen(month.now, Link.LOGIN, True))
    if hours % 11 == 5:
        month.host_off = (hours % 3 - 1) * 24 * HOUR
    if hours % 9 == 4:
        known = month.kill()
        if hours % 2:
            month.booted_at = month.now
        month.start()
        for number, state in known.items():
            assert set(state.locks) <= set(month.inside.accounts[number].state.locks) | ended(month, state)


def ended(month: Any, state: Any) -> set[str]:
    """Return the locks that may be over by now."""
    return {
        name for name, lock in state.locks.items() if lock.end.at is not None and lock.end.at <= month.now
    }


def check(month: Any, account: Any) -> bool:
    """Compare an account with what the venue's own trades and a plain calendar say; return whether its day is over."""
    now, state = month.now, account.state
    held = {row.contract: row.size for row in state.positions.values()}
    rows = [
        row for row in month.exchange.venue.positions.values() if row.account_id == account.id and row.size
    ]
    assert held == {row.contract_id: row.size for row in rows}
    opened = opening_of(now)
    fills = [fill_of(row) for row in month.exchange.venue.trades.values() if row.account_id == account.id]
    nets = [fill.net for fill in sorted(fills, key=lambda one: one.executed_at) if fill.executed_at >= opened]
    (gauge,) = [one for one in gauges(state, account.rules) if one.rule == "daily_realized_loss"]
    assert gauge.value == max(-sum(nets), 0), (gauge, sum(nets) / SCALE)
    sums = [sum(nets[: count + 1]) for count in range(len(nets))]
    is_over = any(total <= -LIMIT * SCALE for total in sums)
    locks = [lock for lock in state.locks.values() if lock.rule == "daily_realized_loss"]
    assert bool(locks) == is_over, (datetime.fromtimestamp(now / SECOND, CHICAGO), sums, locks)
    for lock in locks:
        assert lock.end.kind is EndKind.INSTANT
        assert lock.end.at == opening_of(Instant(opened + 26 * HOUR)), lock
    local = datetime.fromtimestamp(now / SECOND, CHICAGO)
    outside = {str(lock.scope) for lock in state.locks.values() if lock.rule == "session_block_outside"}
    is_open = local.date() not in CLOSED and local.weekday() < 5 and time(8, 35) < local.time() < time(11, 45)
    is_night = local.time() < time(8, 25) or local.time() > time(15, 5)
    assert not (is_open and outside), (local, outside)
    assert not is_night or outside or not state.contracts, (local, outside)
    return is_over
