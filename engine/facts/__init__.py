"""What rules may see. Compiled rules read `facts.account.equity` just as their author wrote it."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from engine.facts.account import AccountFacts
from engine.facts.connection import ConnectionFacts
from engine.facts.day import DayFacts, HoursFacts
from engine.facts.episode import EpisodeFacts
from engine.facts.items import OrderItem, PositionItem, orders_of, positions_of
from engine.facts.news import NewsFacts
from engine.facts.symbol import SymbolFacts
from engine.facts.trade import TradeFacts
from engine.facts.view import View
from engine.held import Held
from engine.scope import ACCOUNT, Scope, of_contract, of_symbol
from engine.settings import Settings
from engine.streams import RoundTurn
from engine.subject import THE_ACCOUNT, Subject
from engine.units import Instant, TimeOfDay

NO_WINDOWS: Mapping[str, None] = MappingProxyType({})
"""Of a rule without aggregates."""

FAMILIES: Mapping[str, Callable[[View], object]] = {
    "account": AccountFacts,
    "day": DayFacts,
    "session": partial(HoursFacts, is_market=False),
    "market": partial(HoursFacts, is_market=True),
    "connection": ConnectionFacts,
    "symbol": SymbolFacts,
    "position": EpisodeFacts,
    "news": NewsFacts,
    "trade": TradeFacts,
}


class Facts:
    """One look at an account for one subject of one rule. Reads only; computes when asked."""

    __slots__ = (
        "account",
        "changes",
        "connection",
        "day",
        "market",
        "news",
        "position",
        "results",
        "session",
        "symbol",
        "trade",
        "view",
    )

    account: AccountFacts
    day: DayFacts
    session: HoursFacts
    market: HoursFacts
    connection: ConnectionFacts
    symbol: SymbolFacts
    position: EpisodeFacts
    news: NewsFacts
    trade: TradeFacts

    def __init__(
        self,
        view: View,
        results: Mapping[str, int | None] = NO_WINDOWS,
        changes: Mapping[str, Instant | None] = NO_WINDOWS,
    ) -> None:
        """`results` are the values of the rule's windows by key, `changes` when time alone next changes them."""
        self.view = view
        self.results = results
        self.changes = changes

    def __getattr__(self, name: str) -> object:
        """Make a family of facts when a rule first asks for it: most rules read one or two of them."""
        family = FAMILIES.get(name)
        if family is None:
            raise AttributeError(f"there are no facts called {name}")
        made = family(self.view)
        setattr(self, name, made)
        return made

    @property
    def now(self) -> Instant:
        """Trusted time of the event that is being looked at."""
        return self.view.state.now

    @property
    def clock(self) -> TimeOfDay:
        """Time of day on the wall of the ruleset's zone."""
        return self.view.settings.calendar.clock(self.now)

    def window(self, key: str) -> int | None:
        """Return the value of one of the rule's own aggregates; None: unknown or without a value."""
        return self.results[key]

    @property
    def positions(self) -> tuple[PositionItem, ...] | None:
        """The open positions of the subject; None: unknown."""
        return positions_of(self.view)

    @property
    def orders(self) -> tuple[OrderItem, ...] | None:
        """The working orders of the subject; None: unknown."""
        return orders_of(self.view)

    def window_change(self, key: str) -> Instant | None:
        """Return when time alone next changes one of the rule's own aggregates."""
        return self.changes[key]

    def scope(self, word: str) -> Scope:
        """Return where an action on `account`, `symbol` or `position` holds."""
        match word:
            case "account":
                return ACCOUNT
            case "symbol":
                return of_symbol(self.symbol.name)
            case "position":
                return of_contract(self.view.subject.key)
            case _:
                raise ValueError(f"no such scope: {word}")

    def scope_words(self, word: str) -> str:
        """Return where an action holds as people say it: `account`, or the symbol."""
        return "account" if word == "account" else self.symbol.name

    def say(self, moment: Instant) -> str:
        """Return an instant in words people use in the ruleset's zone: `17:00 CST`."""
        return self.view.settings.calendar.say(moment, self.now)


__all__ = [
    "THE_ACCOUNT",
    "Facts",
    "Held",
    "RoundTurn",
    "Settings",
    "Subject",
    "View",
]
