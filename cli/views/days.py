"""The answer of `risk calendar`: a line for each trading day, then the unusual days that are known."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli.plain import plain
from cli.views.look import heading


def day_lines(row: Mapping[str, Any]) -> RenderableType:
    """Return the days; unusual ones are marked in words and in yellow."""
    whose = f", account {plain(row['account'], 24)}" if row["account"] else ""
    head = f"{plain(row['group'], 60)}{whose}: now {datetime.fromisoformat(row['at']):%a %Y-%m-%d %H:%M}, Chicago time"
    lines: list[RenderableType] = [Text(head), heading("Next trading days")]
    lines += [_day(one, has_own=bool(row["account"])) for one in row["days"]]
    lines.append(heading("Holidays and early closes ahead"))
    lines += [_odd(one) for one in row["odd_days"]] or [Text("  none is known")]
    known = f"\nKnown from {plain(row['valid_from'], 10)} through {plain(row['valid_through'], 10)}."
    lines.append(Text(known, style="dim"))
    if row["warning"]:
        lines.append(Text(plain(row["warning"], 300), style="bold yellow"))
    return Group(*lines)


def _day(one: Mapping[str, Any], *, has_own: bool) -> Text:
    name = f"  {date.fromisoformat(one['day']):%a} {plain(one['day'], 10)}  "
    if not one["market"]:
        return Text(f"{name}NO SESSION (holiday)", style="yellow")
    line = Text(f"{name}market {_spans(one['market'], one['day'])}")
    if has_own:
        line.append(f"   yours {_spans(one['session'], one['day']) if one['session'] else 'closed'}")
    return line.append("   EARLY CLOSE", style="bold yellow") if one["is_odd"] else line


def _spans(spans: list[list[str]], day: str) -> str:
    """Return `17:00 the evening before to 15:10`, `08:30 to 15:00`."""
    words = []
    for start, end in spans:
        opens, closes = datetime.fromisoformat(start), datetime.fromisoformat(end)
        before = f"{opens:%a} " if opens.date().isoformat() != day else ""
        words.append(f"{before}{opens:%H:%M} to {closes:%H:%M}")
    return ", ".join(words)


def _odd(one: Mapping[str, Any]) -> Text:
    name = f"  {date.fromisoformat(one['day']):%a} {plain(one['day'], 10)}  "
    if one["closes_at"] is None:
        return Text(f"{name}no session (holiday)", style="yellow")
    return Text(f"{name}closes early, {datetime.fromisoformat(one['closes_at']):%H:%M}", style="yellow")
