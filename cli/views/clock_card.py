"""The commitment card at clock-in, and the trade clock's figures and history."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli.json_reader import JsonReader
from cli.moments import exchange_zone, length
from cli.plain import plain
from cli.status_document import Account
from cli.views.amounts import against
from service.client import read_acts

BACK = timedelta(days=4)
"""The last day at the market lies at most a long weekend back."""


def card(accounts: tuple[Account, ...], home: Path, now: datetime) -> RenderableType:
    """Return today's limits, the locks in force, and what was broken on the last day with breaches."""
    parts: list[RenderableType] = []
    for account in accounts:
        parts.append(Text(f"{plain(account.name, 40)}: your limits today", style="bold"))
        limits = dict.fromkeys(
            f"  {plain(g.title, 60)}: {against(g.value, g.limit, g.unit, plain(g.label, 40)) or 'kept'}"
            for g in account.gauges
            if g.mode == "enforce"
        )
        parts += [Text(line) for line in limits] or [Text("  no rule is enforced", style="yellow")]
        parts += [
            Text(f"  closed: {plain(one.reason)} (until {plain(one.end, 60)})", style="red")
            for one in account.locks
        ]
        parts += _breaches(account.name, home, now)
    return Group(*parts)


def _breaches(account: str, home: Path, now: datetime) -> list[RenderableType]:
    zone = exchange_zone()
    rows = [
        (datetime.fromisoformat(act["at"]).astimezone(zone), act)
        for act in read_acts(home, account=account, most=2000)
        if act.get("kind") == "breach"
    ]
    today = now.astimezone(zone).date()
    before = [(at, act) for at, act in rows if at.date() < today and now - at < BACK]
    if not before:
        return [Text("  nothing was broken in the last days", style="green")]
    last = max(at.date() for at, _ in before)
    lines = [
        f"  {at:%H:%M} {plain(act.get('rule', ''), 40)}: {plain(act.get('text', ''))}"
        for at, act in before
        if at.date() == last
    ]
    return [Text(f"broken on {last:%a %Y-%m-%d}:", style="bold red"), *(Text(line) for line in lines)]


def clock_lines(rows: list[dict[str, Any]], now: datetime) -> RenderableType:
    """Return for each account whether one is clocked in, the figures, and the latest shifts."""
    parts: list[RenderableType] = []
    for row in rows:
        clock = JsonReader(row).part("clock")
        since = clock.moment("since")
        state = f"clocked in since {_time(since)} ({length(now - since)})" if since else "not clocked in"
        parts.append(Text(f"{plain(row['name'], 40)}: {state}", style="bold"))
        days = clock.whole("days_in_a_row")
        parts.append(
            Text(
                f"  today {_long(clock, 'today_s')}, this week {_long(clock, 'week_s')}, "
                f"{days} trading day{'' if days == 1 else 's'} in a row"
            )
        )
        first, last = clock.moment("first_trade_at"), clock.moment("last_trade_at")
        parts.append(Text(f"  first trade {_time(first)}, last trade {_time(last)}"))
        if clock.whole("off_clock_fills"):
            parts.append(
                Text(f"  {_fills(clock.whole('off_clock_fills'))} today while not clocked in", style="yellow")
            )
        parts += [Text(f"    {_shift(shift)}", style="dim") for shift in clock.parts("history")]
    return Group(*parts)


def _shift(row: JsonReader) -> str:
    end = (
        "never clocked out"
        if row.flag("is_forgotten")
        else f"{_time(row.moment('out'))} ({_long(row, 'seconds')})"
    )
    trades = (
        f", trades {_time(row.moment('first_trade_at'))} to {_time(row.moment('last_trade_at'))}"
        if row.moment("first_trade_at")
        else ""
    )
    return f"{plain(row.text('day'), 10)}  {_time(row.moment('in'))} to {end}{trades}"


def _time(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment.astimezone(exchange_zone()):%H:%M}"


def _long(row: JsonReader, key: str) -> str:
    return length(timedelta(seconds=row.whole(key)))


def _fills(number: int) -> str:
    return f"{number} fill{'' if number == 1 else 's'}"
