"""What the demo's trader does: each step with its moment, in the words that the screen shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from cli.demo.home import ALICE, BOB


class Floor(Protocol):
    """What a trader can do at the venue; the simulator's control door offers it."""

    def place(self, account: int, contract: str, side: str, size: int, **more: Any) -> dict[str, Any]:
        """Send an order."""

    def control(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the control door."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a trader, `at` so many seconds after the beginning of its list. `account` is whom it concerns."""

    at: float
    words: str
    account: str
    act: Callable[[Floor], object]


@dataclass(frozen=True, slots=True)
class Expected:
    """An enforcement that must come, and be verified at the venue."""

    rule: str
    account: str


def order(account: int, side: str, size: int, contract: str, **more: Any) -> Callable[[Floor], object]:
    """Return the act of sending an order."""
    return lambda floor: floor.place(account, contract, side, size, **more)


def both(first: Callable[[Floor], object], second: Callable[[Floor], object]) -> Callable[[Floor], object]:
    """Return two acts, one right after the other."""
    return lambda floor: (first(floor), second(floor))


def move(contract: str, points: int) -> Callable[[Floor], object]:
    """Return the act of the market: a jump, after which it walks on."""
    return lambda floor: floor.control("/sim/price", {"contract": contract, "move": points, "moving": True})


SESSION_ENDS = 46.0
"""Seconds after the home is written at which Bob's trading hours end; a timer, no event, must act on it."""

SCRIPT = (
    Step(1.0, "alice buys 3 MNQ", "alice", order(ALICE, "buy", 3, "MNQ")),
    Step(3.0, "alice buys 3 MES: 6 contracts, her limit is 5", "alice", order(ALICE, "buy", 3, "MES")),
    Step(9.0, "bob buys 5 MNQ: his limit there is 3", "bob", order(BOB, "buy", 5, "MNQ")),
    Step(
        14.0,
        "alice sells her MNQ and buys 1 MES more",
        "alice",
        both(order(ALICE, "sell", 3, "MNQ"), order(ALICE, "buy", 1, "MES")),
    ),
    Step(18.0, "MES falls by 85 points", "alice", move("MES", -85)),
    Step(
        20.0,
        "alice sells 1 MES at a loss: most of her daily limit is used",
        "alice",
        order(ALICE, "sell", 1, "MES"),
    ),
    Step(
        25.0,
        "alice sells 1 more: her loss passes the daily limit of $500",
        "alice",
        order(ALICE, "sell", 1, "MES"),
    ),
    Step(31.0, "locked, alice buys 2 MNQ all the same", "alice", order(ALICE, "buy", 2, "MNQ")),
    Step(
        36.0,
        "locked, alice leaves an order to buy below",
        "alice",
        order(ALICE, "buy", 1, "MES", limit=6700),
    ),
)
"""Timed from the moment at which the guard is ready."""

AT_SESSION_END = (
    Step(0.0, "bob's trading hours end while he holds 3 MNQ", "bob", lambda floor: None),
    Step(5.0, "outside his hours, bob buys 1 MNQ", "bob", order(BOB, "buy", 1, "MNQ")),
)
"""Timed from the end of Bob's session."""

EXPECTED = (
    Expected("max_contracts", "alice"),
    Expected("max_contracts_per_instrument", "bob"),
    Expected("daily_realized_loss", "alice"),
    Expected("session_block_outside", "bob"),
)

PATIENCE = 30.0
"""Seconds after the last step within which everything must be verified (second looks come after 2 s and 30 s)."""
