"""What rules may see. Compiled rules read `facts.account.equity` just as their author wrote it."""

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
from engine.state import State
from engine.streams import RoundTurn
from engine.subject import THE_ACCOUNT, Subject
from engine.units import Instant, TimeOfDay


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

    def __init__(
        self,
        view: View,
        results: dict[str, int | None] | None = None,
        changes: dict[str, Instant | None] | None = None,
    ) -> None:
        """`results` are the values of the rule's windows by key, `changes` when time alone next changes them."""
        self.view = view
        self.results = results or {}
        self.changes = changes or {}
        self.account = AccountFacts(view)
        self.day = DayFacts(view)
        self.session = HoursFacts(view, is_market=False)
        self.market = HoursFacts(view, is_market=True)
        self.connection = ConnectionFacts(view)
        self.symbol = SymbolFacts(view)
        self.position = EpisodeFacts(view)
        self.news = NewsFacts(view)
        self.trade = TradeFacts(view)

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
        return self.changes.get(key)

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
    "State",
    "Subject",
    "View",
]
