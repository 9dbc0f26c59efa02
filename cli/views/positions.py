"""What is held: side, size, entry, result so far, and whether a stop protects it."""

from rich.console import RenderableType
from rich.text import Text

from cli.plain import plain
from cli.status_document import Account, Held
from cli.views.amounts import money, price
from cli.views.look import Look, flow


def position_list(account: Account, look: Look) -> RenderableType:
    """Return one line for each position, and how many orders work."""
    lines = [_line(held, look) for held in account.positions] or [Text("  flat", style="green")]
    if account.working_orders:
        count = account.working_orders
        lines.append(Text(f"  {count} working order{'s' if count > 1 else ''}", style="dim"))
    return Text("\n").join(lines)


def _line(held: Held, look: Look) -> Text:
    side = "long" if held.size > 0 else "short"
    entry = f" at {price(held.average_price)}" if held.average_price is not None else ""
    name = plain(held.symbol or held.name or held.contract, 16)
    parts = [Text(f"{name} {side} {abs(held.size)}{entry}"), _result(held), _protection(held)]
    return flow(parts, look.width, indent="  ")


def _result(held: Held) -> Text:
    if held.open_pnl is None:
        return Text("open result UNKNOWN", style="magenta")
    return Text(f"open {money(held.open_pnl, signed=True)}", style="red" if held.open_pnl < 0 else "green")


def _protection(held: Held) -> Text:
    match held.has_stop:
        case True:
            at = f"stop at {price(held.stop)}" if held.stop is not None else "stop in place"
            if held.covered is not None and held.covered < abs(held.size):
                return Text(f"{at} covers only {held.covered} of {abs(held.size)}", style="bold yellow")
            return Text(at, style="green")
        case False:
            return Text("NO STOP", style="bold yellow")
        case None:
            return Text("stop UNKNOWN", style="magenta")
