"""What is printed at the end of the demo."""

from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.demo.result import Result
from cli.plain import plain
from cli.views.amounts import seconds


def summary(result: Result) -> RenderableType:
    """Return the table of enforcements and the verdict, in words."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in ("rule", "account", "sent after", "flat after", "verified"):
        table.add_column(title, no_wrap=True)
    for row in result.seen.enforcements():
        name = f"{plain(row['rule'], 40)}{' (re-entry)' if row['is_reentry'] else ''}"
        times = [
            f"{seconds(Decimal(row[key]))}" if row[key] is not None else "-" for key in ("sent_ms", "flat_ms")
        ]
        verified = Text("yes", style="green") if row["verified"] else Text("NO", style="bold red")
        table.add_row(name, plain(row["account"], 24), *times, verified)
    return Group(Text(), table, Text(), *_verdict(result))


def _verdict(result: Result) -> list[Text]:
    lines = [Text(f"{result.seen.reentries_closed} re-entries under a lock were closed.")]
    lines += [
        Text(f"MISSING: no verified enforcement of {one.rule} for {one.account}.", style="bold red")
        for one in result.missing
    ]
    lines += [Text(f"LEFT AT THE VENUE: {plain(words)}.", style="bold red") for words in result.left]
    if not result.left:
        lines.append(Text("The venue itself shows no position and no working order.", style="green"))
    if result.is_ok:
        lines.append(Text("Every rule was enforced and proven. Next: risk help", style="bold green"))
    return lines
