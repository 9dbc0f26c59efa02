"""The world of one rule test: the production engine, a virtual venue, and a clock that stops at every deadline."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from dsl.rule_tests.arming import enforcing, with_settings
from dsl.rule_tests.venue import START_BALANCE, VirtualVenue
from engine.commands import Command, TakeSnapshot
from engine.events import (
    Answer,
    ClockTick,
    CommandAnswered,
    CommandSent,
    Event,
    GuardStarted,
    InstrumentsSeen,
    Link,
    LinkSeen,
    QuoteSeen,
    RulesArmed,
)
from engine.outcome import Outcome
from engine.rule import RuleSet
from engine.settings import NEVER_PAID, Settings
from engine.state import HeardQuote, State
from engine.step import step
from engine.units import DAY, Duration, Instant, Money
from engine.venue import Quote

ACCOUNT = 1
HISTORY = 45 * DAY
"""How far back the fills of the account are known: to before the longest window."""

FIGURES = {"start_balance": START_BALANCE, "operator_floor": Money(-(10**12))}
"""What the operator typed in, unless a test says otherwise: a floor so low that it never matters."""

ALWAYS_FRESH = Instant(2**60)
"""When a quote is said to have been heard: the virtual market never stops quoting unless a test says so."""

PATIENCE = 100_000
"""Steps of the engine in one go; more means that it goes in circles."""


class GoesInCircles(RuntimeError):
    """The rule makes the engine ask again and again for the same."""


class World:
    """One account under one rule. `seen` collects what the engine decided since it was last taken."""

    def __init__(self, rules: RuleSet, start: Instant) -> None:
        self.venue = VirtualVenue(start)
        self.seen: list[Outcome] = []
        self.state = State(ACCOUNT)
        self.rules = enforcing(rules)
        self.change_settings(
            lambda old: replace(
                old, news=old.news or (), payout=NEVER_PAID, news_end=None, figures={**FIGURES, **old.figures}
            )
        )
        self._since = Instant(start - HISTORY)
        self._deadline: Instant | None = None
        self.hear(GuardStarted(start, ACCOUNT, None))
        self.connect()
        self.rearm()

    @property
    def now(self) -> Instant:
        return self.venue.now

    def take(self) -> list[Outcome]:
        """Return what was decided since the last call."""
        seen, self.seen = self.seen, []
        return seen

    def next_deadline(self, before: Instant) -> Instant | None:
        """Return the next instant before `before` at which the engine wants to look; None if there is none."""
        deadline = self._deadline
        return deadline if deadline is not None and deadline < before else None

    def wait_until(self, moment: Instant) -> None:
        """Let time pass in silence."""
        self.venue.now = moment
        self.hear(ClockTick(moment))

    def hear(self, event: Event) -> None:
        """Give the engine one event, and carry out what it asks for until it asks no more."""
        waiting: deque[Event | Command] = deque([event])
        for _ in range(PATIENCE):
            if not waiting:
                return
            item = waiting.popleft()
            if isinstance(item, Command):
                waiting.extendleft(reversed(self._answers(item)))
                continue
            self.state, outcome = step(self.state, item, self.rules)
            self.seen.append(outcome)
            self._deadline = outcome.deadline
            waiting.extend(outcome.commands)
        raise GoesInCircles(f"the engine asked for more than {PATIENCE} things at one moment")

    def look(self) -> None:
        """Show the engine the account as it is now. One event, so that nothing half done is ever judged."""
        self.list_contracts()
        self.hear(self.venue.view(ACCOUNT, self._since))

    def look_with_price(self, contract: str) -> None:
        """Show the account together with a new price of a contract: neither is judged without the other."""
        self._put_quote(contract, ALWAYS_FRESH)
        self.look()

    def list_contracts(self) -> None:
        """Tell of contracts that the test named for the first time."""
        if len(self.venue.instruments) > len(self.state.instruments):
            self.hear(InstrumentsSeen(self.now, tuple(self.venue.instruments.values())))

    def quote(self, contract: str) -> None:
        """Send the contract's price, bid and ask the same."""
        self._put_quote(contract, self.now)  # the one that never ages would count as newer
        self.hear(QuoteSeen(self.now, self._quote(contract)))
        self._put_quote(contract, ALWAYS_FRESH)

    def age_quote(self, contract: str, age: Duration) -> None:
        """Pretend that the newest quote of a contract is that old."""
        self._put_quote(contract, Instant(self.now - age))
        self.rearm()

    def forget_fills(self) -> None:
        """Pretend that the fills of the account cannot be read."""
        self.state = replace(self.state, ledger=replace(self.state.ledger, known_since=None))
        self.rearm()

    def forget_status(self, *, listing: bool) -> None:
        """Pretend that the account row cannot be read, or not even whether the venue lists the account."""
        if listing:
            self.state = replace(self.state, listed=None)
        else:
            self.state = replace(self.state, status=None)
        self.rearm()

    def connect(self) -> None:
        """Bring all ways to the venue up and read everything anew."""
        for link in Link:
            self.hear(LinkSeen(self.now, link, is_live=True))
        for contract in self.venue.prices:
            self._put_quote(contract, ALWAYS_FRESH)
        self.look()

    def restart(self, rules: RuleSet) -> None:
        """Start the guard again: what it stores is there, links and quotes are not, the rest is read anew."""
        self.rules = self._like_before(rules)
        self.hear(GuardStarted(self.now, ACCOUNT, self.now))
        self.connect()

    def reload(self, rules: RuleSet) -> None:
        """Let another text of the rule decide from here on."""
        self.rules = self._like_before(rules)
        self.rearm()

    def rearm(self) -> None:
        """Have every rule looked at again."""
        self.hear(RulesArmed(self.now, ACCOUNT, self.rules.digest))

    def change_settings(self, change: Callable[[Settings], Settings]) -> None:
        """Change the settings of the ruleset, and those of a rule that has its own."""
        self.rules = with_settings(self.rules, change)

    def _like_before(self, rules: RuleSet) -> RuleSet:
        """Return other rules with what the test has set so far: figures and news."""
        known = self.rules.settings
        return with_settings(
            enforcing(rules),
            lambda old: replace(
                old, figures=known.figures, payout=known.payout, news=known.news, news_end=None
            ),
        )

    def _quote(self, contract: str) -> Quote:
        price = self.venue.prices[contract]
        return Quote(contract, price, price, price, self.now)

    def _put_quote(self, contract: str, heard_at: Instant) -> None:
        heard = HeardQuote(replace(self._quote(contract), quoted_at=heard_at), heard_at)
        self.state = replace(self.state, quotes={**self.state.quotes, contract: heard})

    def _answers(self, command: Command) -> list[Event]:
        if isinstance(command, TakeSnapshot):
            return [self.venue.view(ACCOUNT, self._since)]
        self.venue.carry_out(command)
        return [
            CommandSent(self.now, ACCOUNT, command.id),
            CommandAnswered(self.now, ACCOUNT, command.id, Answer.ACCEPTED),
            self.venue.view(ACCOUNT, self._since),
        ]
