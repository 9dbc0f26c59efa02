"""How a screen looks: its moment, its zones, its width, and the small marks that every view shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from rich.padding import Padding
from rich.text import Text

NARROW = 90
"""Below this many columns a gauge takes two lines."""

GAP = "   "

COLORS = {"green": "green", "yellow": "yellow", "red": "bold red", "active": "cyan", "unknown": "magenta"}
"""The answers of a gauge. Magenta for unknown: it must not look like any of the others."""


@dataclass(frozen=True, slots=True)
class Look:
    """One screen at one moment. `local` None: this computer's zone. `is_drawn`: block characters are at hand.

    `is_time_known`: the venue has told its time; before that no lock ends.
    """

    now: datetime
    width: int
    exchange: tzinfo
    local: tzinfo | None = None
    is_drawn: bool = True
    is_time_known: bool = True

    @property
    def is_narrow(self) -> bool:
        return self.width < NARROW

    @property
    def bar_cells(self) -> int:
        """How wide a gauge's bar is."""
        return min(20, max(8, self.width // 5 - 8))

    def dot(self, is_on: bool | None) -> str:
        """Return the mark of a link; its word stands beside it."""
        full, hollow = ("●", "○") if self.is_drawn else ("*", "o")
        return full if is_on else hollow

    def bar(self, fraction: Decimal | None, color: str) -> Text:
        """Return a gauge's bar: full at the limit or above, hatched where the value is not known."""
        full, empty, unknown = ("█", "░", "?") if self.is_drawn else ("#", ".", "?")
        cells = self.bar_cells
        if fraction is None:
            return Text(unknown * cells, style="magenta")
        filled = min(cells, max(0, int(fraction * cells)))
        if fraction > 0 and filled == 0:
            filled = 1
        return Text(full * filled, style=COLORS.get(color, "magenta")).append(
            empty * (cells - filled), style="dim"
        )


def heading(title: str) -> Text:
    """Return the line above a part of the screen."""
    return Text(f"\n{title}", style="bold")


def indented(text: Text, cells: int) -> Padding:
    """Return a text whose every line, wrapped ones too, begins after so many cells."""
    return Padding(text, (0, 0, 0, cells))


def flow(parts: Sequence[Text], width: int, indent: str = "") -> Text:
    """Return the parts side by side on as many lines as they need; a part is never cut in two."""
    lines: list[Text] = [Text(indent)]
    for part in parts:
        is_first = lines[-1].cell_len == len(indent)
        if not is_first and lines[-1].cell_len + len(GAP) + part.cell_len > width:
            lines.append(Text(indent))
            is_first = True
        lines[-1].append("" if is_first else GAP).append_text(part)
    return Text("\n").join(lines)
