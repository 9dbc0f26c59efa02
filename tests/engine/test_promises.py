"""What the trader locked for a time themselves is a promise: no event lifts it before its end."""

from typing import Any

from engine.events import LockLifted, LockRequested
from engine.locks import TRADER, TradingState
from engine.units import HOUR, Instant


def ask(desk: Any, by: str, until: Instant | None, **more: Any) -> str:
    before = set(desk.state.locks)
    desk.hear(lambda at: LockRequested(at, desk.state.account, None, until, by, **more))
    (lock,) = set(desk.state.locks) - before
    return str(lock)


def lift(desk: Any, lock: str) -> None:
    desk.hear(lambda at: LockLifted(at, desk.state.account, lock, "admin"))


def test_a_promise_stays_until_its_end_whoever_lifts_it(lab: Any) -> None:
    desk = lab.start()
    lock = ask(desk, TRADER, Instant(desk.now + HOUR))

    lift(desk, lock)
    assert lock in desk.state.locks

    desk.wait(3_601)
    assert lock not in desk.state.locks


def test_other_locks_can_be_lifted_also_one_of_the_trader_without_an_end(lab: Any) -> None:
    desk = lab.start()
    for lock in (ask(desk, TRADER, None), ask(desk, "the guard", Instant(desk.now + HOUR))):
        lift(desk, lock)

    assert not desk.state.locks


def test_a_lock_that_comes_back_is_as_strict_as_it_was_and_says_why(lab: Any) -> None:
    desk = lab.start()

    lock = ask(desk, "the guard", None, state=TradingState.FLAT_ONLY, reason="the granted time is over")

    assert desk.state.locks[lock].state is TradingState.FLAT_ONLY
    assert desk.state.locks[lock].reason == "the granted time is over"
