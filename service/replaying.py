"""Replaying: what a ruleset would have decided on a recorded session, read through the real decoders."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.failures import Unreadable
from connectors.topstepx.recording.lines import Line, read_lines
from connectors.topstepx.recording.playback import Playback
from dsl.pipeline import load_ruleset
from dsl.problems import has_errors
from dsl.render import render_text
from engine.events import ClockTick, Event, GuardStarted, QuoteSeen, RulesArmed
from engine.outcome import Decision, DecisionKind, Outcome
from engine.rule import Mode, RuleSet
from engine.state import State
from engine.step import step
from engine.units import Instant
from service.exits import CannotStart, Exit
from service.home import Home
from service.rules_source import folder_of

TOLD = frozenset(DecisionKind) - {DecisionKind.PENDING, DecisionKind.UNKNOWN, DecisionKind.KNOWN}


@dataclass(frozen=True, slots=True)
class Replayed:
    """One decision about one account."""

    account: int
    decision: Decision


class Replay:
    """One recording under one ruleset. Rules decide and record (`shadow`): the venue of the recording cannot act."""

    def __init__(self, path: Path, home: Home, ruleset: str, account: int | None) -> None:
        """Read the rules. Raises CannotStart."""
        self._path = path
        self._rules = _rules(home, ruleset)
        self._only = account
        self._playback = Playback()
        self._states: dict[int, State] = {}
        self._deadlines: dict[int, Instant | None] = {}
        self.events = 0

    @property
    def states(self) -> dict[int, State]:
        """What is known of each account after what was replayed so far."""
        return self._states

    @property
    def unreadable(self) -> list[str]:
        """What the decoders could not read."""
        return self._playback.unreadable

    def decisions(self) -> Iterator[Replayed]:
        """Yield what the rules decide, in order. Raises CannotStart when the file is no recording."""
        try:
            with self._path.open(encoding="utf-8", newline="\n") as file:
                lines = read_lines(file)
                for event in self._playback.events(self._noted(lines)):
                    self.events += 1
                    yield from self._heard(event)
        except (OSError, UnicodeDecodeError, Unreadable) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            raise CannotStart(Exit.UNUSABLE, f"{self._path} cannot be replayed: {reason}") from error

    def _noted(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Yield the lines; the first that names accounts begins them."""
        for line in lines:
            if line.kind == "start":
                for account in self._accounts(line):
                    self._begin(account, line.at)
            yield line

    def _accounts(self, line: Line) -> list[int]:
        named = line.fields.get("accounts")
        accounts = [one for one in named if isinstance(one, int)] if isinstance(named, list) else []
        if self._only is not None and self._only not in accounts:
            known = ", ".join(map(str, accounts)) or "none"
            raise CannotStart(
                Exit.UNUSABLE, f"account {self._only} is not in the recording; accounts in it: {known}"
            )
        return accounts if self._only is None else [self._only]

    def _begin(self, account: int, at: Instant) -> None:
        if account in self._states:
            return
        self._states[account] = State(account, started_at=at)
        for event in (RulesArmed(at, account, self._rules.digest), GuardStarted(at, account, None)):
            self._step(account, event)

    def _heard(self, event: Event) -> Iterator[Replayed]:
        """Step the accounts concerned, and before that whatever was due while nothing was said."""
        owner = getattr(event, "account", None)
        for account in self._states:
            while (due := self._deadlines[account]) is not None and due < event.at:
                yield from self._told(account, self._step(account, ClockTick(due)))
                if self._deadlines[account] == due:
                    break  # the engine waits for something else than time
            if owner in (None, account) and self._is_wanted(account, event):
                yield from self._told(account, self._step(account, event))

    def _is_wanted(self, account: int, event: Event) -> bool:
        return not isinstance(event, QuoteSeen) or event.quote.contract in self._states[account].contracts

    def _step(self, account: int, event: Event) -> Outcome:
        state, outcome = step(self._states[account], event, self._rules)
        self._states[account], self._deadlines[account] = state, outcome.deadline
        return outcome

    def _told(self, account: int, outcome: Outcome) -> Iterator[Replayed]:
        for decision in outcome.decisions:
            if decision.kind in TOLD:
                yield Replayed(account, decision)


def _rules(home: Home, ruleset: str) -> RuleSet:
    """Return a ruleset by its path or name, capped to `shadow`. Raises CannotStart."""
    folder = Path(ruleset) if (Path(ruleset) / "ruleset.yaml").is_file() else folder_of(home, ruleset)
    if not folder.is_dir():
        raise CannotStart(
            Exit.UNUSABLE, f"there is no ruleset `{ruleset}`: give its folder, or a shipped name"
        )
    loaded = load_ruleset(folder)
    if loaded.ruleset is None or has_errors(loaded.problems):
        raise CannotStart(Exit.UNUSABLE, render_text(loaded.problems))
    return replace(loaded.ruleset, ceiling=min(loaded.ruleset.ceiling, Mode.SHADOW))
