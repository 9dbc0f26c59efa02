"""The one line that says whether one may trade."""

from dataclasses import replace
from typing import Any

import pytest

from engine.events import Link
from engine.locks import EndKind, Lock, LockEnd, LockKind, TradingState
from engine.scope import ACCOUNT, of_symbol
from engine.state import LinkState, State
from engine.units import HOUR, SCALE, SECOND, Instant, Money
from engine.venue import AccountStatus
from engine.view import GaugeReading
from service import rules_source
from service.guarded import Guarded
from service.published.verdict import verdict

NOON = Instant(1_794_927_600 * SECOND)  # 09:00 in Chicago
LIVE = LinkState(True, NOON)
SEEN = State(
    7,
    now=NOON,
    synced_at=NOON,
    is_confirmed=True,
    status=AccountStatus("V", Money(SCALE), can_trade=True, simulated=True),
    links={Link.USER_HUB: LIVE, Link.REST: LIVE},
)


def lock(end: LockEnd, scope: Any = ACCOUNT) -> Lock:
    return Lock(
        "L1", scope, LockKind.LOCKOUT, TradingState.NO_INCREASE, NOON, end, "r//account/", "r", "daily loss"
    )


def reading(color: str) -> GaugeReading:
    return GaugeReading(
        "r",
        "Daily loss",
        "",
        "enforce",
        "high",
        SCALE,
        2 * SCALE,
        "money",
        "lost",
        color,
        False,
        None,
        None,
        "",
    )


AT_FIVE = LockEnd(EndKind.INSTANT, Instant(NOON + 8 * HOUR))
DOWN = {link: LinkState(False, NOON, "cut") for link in (Link.USER_HUB, Link.REST)}

CASES = [
    (SEEN, (), "ok", "OK to trade"),
    (SEEN, ("green",), "ok", "OK to trade"),
    (SEEN, ("green", "yellow", "red"), "warning", "WARNING: Daily loss ($1 / $2 lost)"),
    (SEEN, ("unknown",), "warning", "WARNING: Daily loss ($1 / $2 lost)"),
    (replace(SEEN, locks={"L1": lock(AT_FIVE)}), (), "locked", "LOCKED until 17:00 CST: daily loss"),
    (
        replace(SEEN, locks={"L1": lock(LockEnd(EndKind.MANUAL))}),
        (),
        "locked",
        "LOCKED until an admin unlocks: daily loss",
    ),
    (
        replace(SEEN, locks={"L1": lock(AT_FIVE, of_symbol("ES"))}),
        (),
        "warning",
        "ES: LOCKED until 17:00 CST: daily loss",
    ),
    (
        replace(SEEN, locks={"L1": lock(LockEnd(EndKind.INSTANT, NOON))}),
        (),
        "locked",
        "LOCKED until the account is flat: daily loss",
    ),
    (replace(SEEN, synced_at=None), (), "blind", "BLIND: the venue's view of the account is not known yet"),
    (replace(SEEN, links=DOWN), (), "blind", "BLIND: no way to the venue answers"),
    (
        replace(SEEN, links=DOWN, locks={"L1": lock(AT_FIVE)}),
        (),
        "locked",
        "LOCKED until 17:00 CST: daily loss (no way to the venue answers)",
    ),
    (replace(SEEN, links={**DOWN, Link.REST: LIVE}), (), "ok", "OK to trade"),
    (
        replace(SEEN, status=AccountStatus("V", Money(0), can_trade=False, simulated=True)),
        (),
        "warning",
        "the venue does not let this account trade",
    ),
]


def account(state: State) -> Guarded:
    return Guarded("alice", 7, "main", "enforce", rules_source.empty().rules, state, is_begun=True)


@pytest.mark.parametrize(("state", "colors", "level", "text"), CASES)
def test_the_verdict_names_what_matters_most(
    state: State, colors: tuple[str, ...], level: str, text: str
) -> None:
    found = verdict(account(state), [reading(color) for color in colors], NOON)

    assert (found["level"], found["text"]) == (level, text)


def test_an_account_that_is_halted_is_never_called_ok() -> None:
    halted = account(SEEN)
    halted.halted = "KeyError at a FillSeen"

    assert verdict(halted, [], NOON)["level"] == "blind"
    halted.state = replace(SEEN, locks={"L1": lock(AT_FIVE)})
    assert verdict(halted, [], NOON)["level"] == "blind"


def test_the_longest_of_several_locks_is_shown() -> None:
    locks = {"L1": lock(AT_FIVE), "L2": replace(lock(LockEnd(EndKind.MANUAL)), id="L2", reason="by hand")}

    assert (
        verdict(account(replace(SEEN, locks=locks)), [], NOON)["text"]
        == "LOCKED until an admin unlocks: by hand"
    )


def test_a_warning_says_what_is_measured_of_which_symbol() -> None:
    trades = replace(reading("yellow"), title="Brake", value=2 * SCALE, limit=3 * SCALE, unit="number")
    hours = replace(reading("red"), title="Session", subject="MNQ", value=None, limit=None, unit="", label="")

    found = verdict(account(SEEN), [replace(trades, label="trades this hour"), hours], NOON)

    assert found["text"] == "WARNING: Brake (2/3 trades this hour), MNQ: Session"
