"""The head of the screen: the guard and its time, then each account with its links and sessions."""

from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text

from cli.moments import countdown, long_time, short_time
from cli.plain import plain
from cli.status_document import Account, Link, OddDay, Status
from cli.views.amounts import money
from cli.views.look import Look, flow

NAMES = {"user_hub": "user hub", "market_hub": "market hub", "rest": "REST", "login": "login"}

WAYS = {
    "stream": Text("seen by the stream", style="green"),
    "rest": Text("without the stream: seen by REST polling", style="bold yellow"),
    "none": Text("NOT SEEN by any way", style="bold red"),
}
"""How the account is seen now."""


def guard_line(status: Status, look: Look, *, is_running: bool) -> RenderableType:
    """Return who speaks and what time it is: at the exchange, and here."""
    state = "running" if is_running and status.state == "running" else plain(status.state or "UNKNOWN", 16)
    if not is_running:
        state = "NOT RUNNING"
    style = "green" if state == "running" else "bold red"
    guard = Text(f"{look.dot(state == 'running')} guard {state}", style=style)
    chicago = Text(f"exchange {long_time(look.now, look.exchange)}")
    if not status.is_time_confirmed:
        chicago.append(" (not confirmed)", style="yellow")
    here = Text(f"here {look.now.astimezone(look.local).strftime('%a %H:%M:%S %Z')}", style="dim")
    version = Text(f"risk {plain(status.version, 16)}", style="bold")
    return flow([version, guard, chicago, here], look.width)


def account_name(account: Account) -> str:
    """Return the name people gave it, the venue's number and the venue's name."""
    return f"{plain(account.name, 24)}  {plain(account.id, 16)}  {plain(account.venue_name, 32)}".rstrip()


def account_head(account: Account, look: Look, *, is_running: bool) -> RenderableType:
    """Return mode, links and sessions of one account."""
    facts = [Text(f"rules {plain(account.ruleset, 32) or 'none'}"), _mode(account)]
    if account.balance is not None:
        facts.append(Text(f"balance {money(account.balance)}"))
    if account.can_trade is False:
        facts.append(Text("the broker has switched trading off", style="bold red"))
    if account.simulated is False:
        facts.append(Text("LIVE account", style="bold yellow"))
    if is_running and account.way in WAYS:
        facts.append(WAYS[account.way].copy())
    if is_running and account.is_confirmed is False:
        facts.append(
            Text("NOT CONFIRMED: what is shown was stored before the guard started", style="bold red")
        )
    links = [_link(link, look) for link in account.links]
    if not is_running:
        links = [Text(f"{look.dot(False)} no link to the venue", style="bold red")]
    return Group(flow(facts, look.width), flow(links, look.width), flow(_sessions(account, look), look.width))


def _mode(account: Account) -> Text:
    if account.mode == "enforce":
        return Text("mode enforce", style="green")
    why = f" ({plain(account.mode_reason, 120)})" if account.mode_reason else ""
    return Text(f"mode {plain(account.mode, 12)}: the guard does not act{why}", style="bold yellow")


def _link(link: Link, look: Look) -> Text:
    name = NAMES[link.name]
    if link.is_live is None:
        return Text(f"{look.dot(False)} {name} UNKNOWN", style="magenta")
    if link.is_live:
        return Text(
            f"{look.dot(True)} {name} {'ok' if link.name in {'rest', 'login'} else 'live'}", style="green"
        )
    lost = f" since {short_time(link.since, look.now, look.exchange)}" if link.since else ""
    reason = f": {plain(link.reason, 60)}" if link.reason else ""
    return Text(f"{look.dot(False)} {name} DOWN{lost}{reason}", style="bold red")


def _sessions(account: Account, look: Look) -> list[Text]:
    session = account.session
    parts = [
        _hours("your session", session.is_open, session.changes_at, look),
        _hours("market", session.market_is_open, session.market_changes_at, look),
    ]
    parts += [_odd_day(odd, look) for odd in session.odd_days[:SHOWN]]
    if session.calendar_warning:
        parts.append(Text(plain(session.calendar_warning, 160), style="yellow"))
    return parts


SHOWN = 3
"""Holidays and early closes on the screen; `risk calendar` has them all."""


def _odd_day(odd: OddDay, look: Look) -> Text:
    """Return `ahead: Thu 2026-11-26 closes early, 12:00 CST`; today's is told as today's."""
    today = look.now.astimezone(look.exchange).date().isoformat()
    day = "TODAY" if odd.day == today else f"ahead: {plain(odd.day, 10)}"
    style = "bold yellow" if odd.day == today else "yellow"
    if odd.closes_at is None:
        return Text(f"{day} no session (holiday)", style=style)
    return Text(f"{day} closes early, {odd.closes_at.astimezone(look.exchange):%H:%M %Z}", style=style)


def _hours(name: str, is_open: bool | None, changes_at: datetime | None, look: Look) -> Text:
    if is_open is None:
        return Text(f"{name} UNKNOWN", style="magenta")
    text = Text(f"{name} ").append("open" if is_open else "CLOSED", style="green" if is_open else "yellow")
    if changes_at is not None:
        verb = "closes" if is_open else "opens"
        at = short_time(changes_at, look.now, look.exchange)
        text.append(f", {verb} {at} (in {countdown(changes_at, look.now)})")
    return text
