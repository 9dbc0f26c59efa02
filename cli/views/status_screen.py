"""The whole status screen: head, verdict, gauges, positions, locks and latest enforcements of each account."""

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from cli.plain import plain
from cli.status_document import Account, Status
from cli.views.acts import act_list
from cli.views.coming import coming_list
from cli.views.gauges import as_last_seen, gauge_list
from cli.views.grants import grant_list
from cli.views.header import account_head, account_name, guard_line
from cli.views.locks import lock_list
from cli.views.look import Look, heading
from cli.views.positions import position_list
from cli.views.verdict import not_running_line, verdict_line


def status_screen(status: Status, look: Look, *, is_running: bool, age: str) -> Group:
    """Return the screen. `age` says in words how old the status is; it is shown when nobody writes it any more."""
    parts: list[RenderableType] = [guard_line(status, look, is_running=is_running)]
    if not is_running:
        parts.append(not_running_line(age))
    parts += [Text(f"! {plain(a.text)} ({plain(a.code, 40)})", style="bold red") for a in status.alarms]
    if not status.accounts:
        parts.append(Text("No account is set up. Next: risk help, or the guide for admins.", style="yellow"))
    for account in status.accounts:
        parts += _account(account, look, is_running)
    return Group(*parts)


def _account(account: Account, look: Look, is_running: bool) -> list[RenderableType]:
    is_seen = is_running and account.verdict.level != "blind" and account.is_confirmed is not False
    gauges = account.gauges if is_seen else as_last_seen(account.gauges)
    parts: list[RenderableType] = [
        Text(),
        Rule(
            Text(account_name(account), style="bold"),
            align="left",
            characters="─" if look.is_drawn else "-",
            style="dim",
        ),
        verdict_line(account, look, is_running=is_running),
        account_head(account, look, is_running=is_running),
        heading("Rules"),
        gauge_list(gauges, look),
        heading("Positions"),
        position_list(account, look),
    ]
    if account.locks:
        parts += [heading("Locks"), lock_list(account.locks, look)]
    if account.grants:
        parts += [heading("Grants"), grant_list(account.grants, look)]
    if account.coming:
        parts += [heading("Rules to come"), coming_list(account.coming, look)]
    if account.acts:
        parts += [heading("Latest enforcements"), act_list(account.acts, look)]
    return parts
