"""The kinds of value in the rule language, with the words that people read about them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is. `of` is the kind of the entries of a list or of the rows of a table."""

    name: str
    of: "Kind | None" = None

    def __str__(self) -> str:
        """Return the kind as diagnostics say it: `money`, `plain number`, `list of symbols`."""
        if self.of is None:
            return self.name
        return f"{self.name} of {_PLURALS.get(self.of.name, self.of.name)}"


_PLURALS = {
    "symbol": "symbols",
    "duration": "durations",
    "plain number": "plain numbers",
    "date": "dates",
    "schedule": "schedules",
    "percent": "percents",
    "text": "texts",
}

MONEY = Kind("money")
CONTRACTS = Kind("contracts")
TICKS = Kind("ticks")
POINTS = Kind("points")
PRICE = Kind("price")
DURATION = Kind("duration")
TIME = Kind("time")
TIME_OF_DAY = Kind("time of day")
TIME_RANGE = Kind("time range")
PERCENT = Kind("percent")
NUMBER = Kind("plain number")
YES_NO = Kind("yes/no")
TEXT = Kind("text")
SYMBOL = Kind("symbol")
DATE = Kind("date")
SCHEDULE = Kind("schedule")
EVENTS = Kind("event calendar")

ANY = Kind("anything")
"""What failed to parse or check: fits everywhere and stays silent, so that one mistake gives one message."""

ZERO = Kind("0")
"""The literal `0`, which fits every unit."""

UNLIMITED = Kind("unlimited")
"""A parameter or row without a limit, which fits every unit."""


def list_of(kind: Kind) -> Kind:
    """Return the kind of a list with such entries."""
    return Kind("list", kind)


def table_of(kind: Kind) -> Kind:
    """Return the kind of a table by symbol with such rows."""
    return Kind("table", kind)


def is_list(kind: Kind) -> bool:
    """Say whether a kind is a list."""
    return kind.name == "list"


def is_table(kind: Kind) -> bool:
    """Say whether a kind is a table by symbol."""
    return kind.name == "table"


AMOUNTS = frozenset({MONEY, CONTRACTS, TICKS, POINTS, DURATION, PERCENT, NUMBER})
"""Kinds that can be added, negated and scaled."""

ORDERED = AMOUNTS | {PRICE, TIME, TIME_OF_DAY}
"""Kinds that `<` and `>` compare."""

WILD = frozenset({ANY, ZERO, UNLIMITED})
"""Kinds that fit beside any unit."""
