"""Random requests at the trader's door, every verb with every kind of field: what is locked stays locked."""

import random
from collections.abc import Callable
from typing import Any

from engine.locks import EndKind, Lock
from service.doors.limits import DoorName
from service.doors.opening import TABLES

WORDS = {
    "account": ("alice", "bob", "carol", ""),
    "until": ("1s", "2h", "9d", "reset", "15:00", "soon"),
    "symbol": ("", "", "MNQ", "XX"),
    "lock": ("L1", "L2", "L7", ""),
    "code": ("99999999", "00000000", "0"),
}
NUMBERS = (0, 1, 30, 720, 721, -1, 10**18)
Open = Callable[..., Any]


def a_request(chance: random.Random, verb: Any) -> dict[str, Any]:
    """Return fields of the right names and mostly of the right types."""
    fields = {name: kind for name, kind in verb.fields.__annotations__.items() if chance.random() < 0.8}
    return {
        name: chance.choice(
            NUMBERS if kind is int else (True, False) if kind is bool else WORDS.get(name, ("", "x"))
        )
        for name, kind in fields.items()
    }


def is_no_weaker(before: Lock, after: Lock | None) -> bool:
    if after is None or before.end.kind is EndKind.MANUAL is not after.end.kind:
        return False
    return after.end.kind is EndKind.MANUAL or (after.end.at or 0) >= (before.end.at or 0)


def test_whatever_the_trader_asks_for_no_lock_becomes_weaker(phone: Any) -> None:
    step, chance = phone.step, random.Random(6)  # noqa: S311  a test must be the same every time
    phone.lock_up(2)
    done: dict[str, int] = {}
    for _ in range(400):
        name = chance.choice(sorted(TABLES[DoorName.TRADER]))
        before = step.states()

        answer = step.ask("trader", name, **a_request(chance, TABLES[DoorName.TRADER][name]))

        after = step.states()
        assert answer["ok"] in (True, False)
        done[name] = done.get(name, 0) + answer["ok"]
        for account, state in before.items():
            for key, lock in state.locks.items():
                assert is_no_weaker(lock, after[account].locks.get(key)), (name, answer)

    assert done["redeem"] == 0, "nobody guesses a code"
    assert all(done[name] for name in ("ping", "lock", "clock_in", "clock_out", "grant_ask")), done
