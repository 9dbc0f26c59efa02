"""Where the demo is seen: as lines, or as the live screen with the story above it."""

from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from cli.act_log import acts_in
from cli.failure import Failure
from cli.plain import plain
from cli.terminal import console, say
from cli.views.act_lines import said
from cli.views.live import fitted, picture

STORY_LINES = 6
WHO_STYLES = {"trader": "bold yellow", "guard": "bold cyan", "demo": "dim"}


class Stage(Protocol):
    """What the play tells and shows."""

    def tell(self, who: str, words: str, account: str = "") -> None:
        """Say what somebody does; `account` is looked at from now on."""

    def show(self, home: Path) -> None:
        """Show how things stand now."""

    def curtain(self, home: Path) -> AbstractContextManager[None]:
        """Return what holds the screen for as long as the play lasts."""


class Story:
    """New acts of the guard, in words, since they were last asked for; beginnings and releases are left out."""

    def __init__(self) -> None:
        self._told = 0

    def news(self, home: Path) -> list[str]:
        """Return what the guard wrote into the trader's log since the last call."""
        try:
            acts = [act for act in acts_in(home / "status" / "enforcement.log") if act is not None]
        except Failure:
            return []  # no act yet
        fresh = acts[self._told :]
        self._told = len(acts)
        return [
            f"{plain(act.account, 24)} {plain(act.kind, 16)}: {said(act, is_short=True)}"
            for act in fresh
            if act.kind != "release" and act.progress != "open"
        ]


class Lines:
    """One line for each event, for pipes and logs."""

    def __init__(self) -> None:
        self._start = monotonic()
        self._story = Story()

    def tell(self, who: str, words: str, account: str = "") -> None:
        say(f"{monotonic() - self._start:6.1f} s  {who:<6}  {words}")

    def show(self, home: Path) -> None:
        for words in self._story.news(home):
            self.tell("guard", words)

    @contextmanager
    def curtain(self, home: Path) -> Iterator[None]:
        yield
        self.show(home)


class Screen:
    """The live status screen of the account that is acting, with the last lines of the story above it."""

    def __init__(self) -> None:
        self._console: Console = console()
        self._lines: deque[Text] = deque(maxlen=STORY_LINES)
        self._account: str | None = None
        self._story = Story()
        self._live: Live | None = None
        self._shown_at = 0.0

    def tell(self, who: str, words: str, account: str = "") -> None:
        line = Text(f"{who:<7}", style=WHO_STYLES.get(who, "")).append(
            words, style="not bold not dim default"
        )
        self._lines.append(line)
        self._account = account or self._account
        self._shown_at = 0.0
        if self._live is None:
            self._console.print(line)

    def show(self, home: Path) -> None:
        for words in self._story.news(home):
            self.tell("guard", words)
        if self._live is None or monotonic() - self._shown_at < 1:
            return
        self._shown_at = monotonic()
        body = Group(*self._lines, Text(), picture(home, self._account, self._console))
        self._live.update(fitted(body, self._console), refresh=True)

    @contextmanager
    def curtain(self, home: Path) -> Iterator[None]:
        with Live(console=self._console, screen=True, auto_refresh=False) as live:
            self._live = live
            yield
        self._live = None
