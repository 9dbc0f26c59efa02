"""A child process for the crash tests: stores steps and says on standard output which ones were acknowledged.

Arguments: the path of the store, and how many steps to store.
"""

import sys
from pathlib import Path

from engine.commands import ClosePosition
from engine.events import FillSeen
from engine.locks import EndKind, Lock, LockEnd, LockKind, TradingState
from engine.outcome import Decision, DecisionKind, Outcome
from engine.scope import ACCOUNT
from engine.state import State
from engine.units import Instant, Money, Price
from engine.venue import Fill, Side
from service.store.rows import Stepped
from service.store.store import Store

ACCOUNT_ID = 7


def fill(number: int) -> FillSeen:
    """Return a fill that is told apart by its number."""
    made = Fill(number, number, "C", Side.BUY, 1, Price(1), None, Money(0), Instant(number))
    return FillSeen(Instant(number), ACCOUNT_ID, made)


def outcome(number: int) -> Outcome:
    """Return a breach with its lock and its command."""
    end = LockEnd(EndKind.INSTANT, Instant(number + 100))
    lock = Lock(
        f"L{number}",
        ACCOUNT,
        LockKind.LOCKOUT,
        TradingState.FLAT_ONLY,
        Instant(number),
        end,
        "r//account/",
        "r",
        "why",
    )
    decision = Decision(f"D{number}", DecisionKind.LOCK, Instant(number), "r", lock=lock.id)
    return Outcome((decision,), {lock.id: lock}, {}, (ClosePosition(f"C{number}", f"E{number}", "C"),))


def main(path: Path, steps: int) -> None:
    """Store steps one after the other; a line goes out only when the step is stored."""
    store = Store(path)
    first = store.seq + 1
    for number in range(first, first + steps):
        store.step("main", fill(number), [Stepped(ACCOUNT_ID, outcome(number))])
        if number % 10 == 0:
            store.snapshot(State(ACCOUNT_ID, now=Instant(number), serial=number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
