"""A gauge for each rule: value by limit, a bar, and in words whether it is fine, near, broken or locked."""

from dataclasses import replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.moments import countdown
from cli.plain import plain
from cli.status_document import Gauge
from cli.views.amounts import against
from cli.views.look import COLORS, Look, indented

WORDS = {
    "green": "ok",
    "yellow": "NEAR",
    "red": "BROKEN",
    "active": "AT WORK",
    "unknown": "UNKNOWN",
    "stale": "as last seen",
}


def gauge_list(gauges: tuple[Gauge, ...], look: Look) -> RenderableType:
    """Return the gauges below each other; rules that are off are only counted."""
    if not gauges:
        return Text("  no rule is loaded", style="yellow")
    shown = tuple(gauge for gauge in gauges if gauge.mode != "off")
    body = _stacked(shown, look) if look.is_narrow else _in_columns(shown, look)
    off = len({gauge.name for gauge in gauges} - {gauge.name for gauge in shown})
    if not off:
        return body
    return Group(body, Text(f"  {off} more {'rule is' if off == 1 else 'rules are'} off", style="dim"))


def as_last_seen(gauges: tuple[Gauge, ...]) -> tuple[Gauge, ...]:
    """Return the gauges without any green: what nobody watches now is not fine, it was."""
    return tuple(replace(one, color="stale") if one.color in FINE else one for one in gauges)


FINE = {"green", "active"}


def state_word(gauge: Gauge, look: Look) -> Text:
    """Return the state in words; a countdown is drawn from the stored end of the lock."""
    if gauge.is_locked:
        left = f" {countdown(gauge.locked_until, look.now)}" if gauge.locked_until else ""
        word = Text(f"[LOCKED{left}]", style=COLORS["red"])
    else:
        word = Text(WORDS.get(gauge.color, "UNKNOWN"), style=COLORS.get(gauge.color, "magenta"))
        if gauge.pending_until:
            word.append(f", acts in {countdown(gauge.pending_until, look.now)}")
    if gauge.mode not in {"enforce", ""}:
        word.append(f" ({plain(gauge.mode, 10)} only)", style="cyan")
    return word


def _title(gauge: Gauge) -> str:
    subject = f"{plain(gauge.subject, 12)}: " if gauge.subject and gauge.subject != "account" else ""
    return subject + plain(gauge.title, 80)


def _measured(gauge: Gauge, look: Look) -> str:
    """Return `3/3 trades this hour`, or for a rule that keeps hours `closes in 2h 10m`; empty if there is nothing."""
    if gauge.closes_at is not None and not gauge.unit:
        return f"closes in {countdown(gauge.closes_at, look.now)}"
    return against(gauge.value, gauge.limit, gauge.unit, plain(gauge.label, 40))


def _bar(gauge: Gauge, look: Look) -> Text:
    has_scale = bool(gauge.unit) or gauge.fraction is not None
    return look.bar(gauge.fraction, gauge.color) if has_scale else Text()


def _in_columns(gauges: tuple[Gauge, ...], look: Look) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", max_width=look.width * 2 // 5)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for gauge in gauges:
        measured = Text(_measured(gauge, look))
        table.add_row(indented(Text(_title(gauge)), 2), measured, _bar(gauge, look), state_word(gauge, look))
    return table


def _stacked(gauges: tuple[Gauge, ...], look: Look) -> Text:
    """Return two lines for each gauge; where they are too long the bar goes, it only repeats the numbers."""
    lines = []
    for gauge in gauges:
        lines.append(Text(f"  {_title(gauge)}", no_wrap=True, overflow="ellipsis"))
        words = _joined(Text(_measured(gauge, look)), state_word(gauge, look))
        drawn = _joined(_bar(gauge, look), words)
        lines.append(Text("    ").append_text(drawn if drawn.cell_len + 4 <= look.width else words))
    return Text("\n").join(lines)


def _joined(*parts: Text) -> Text:
    return Text("  ").join(part for part in parts if part)
