"""Blind, impotent and stale are alarms within five seconds, and gone when it is over."""

from dataclasses import replace

import pytest

from engine.events import Link
from engine.rule import RuleSet
from engine.state import LinkState, State
from engine.units import SECOND, Instant
from service.alarms import Alarms
from service.guarded import Guarded
from service.senses import Senses

AT = Instant(1_794_927_600 * SECOND)
UP = LinkState(True, AT)


def watched(state: State, rules: RuleSet) -> tuple[Guarded, Alarms, Senses]:
    account = Guarded("alice", 1, "main", "enforce", rules, state)
    alarms = Alarms(lambda: AT)
    return account, alarms, Senses((account,), alarms)


def codes(alarms: Alarms) -> set[str]:
    return {alarm.code for alarm in alarms.active()}


@pytest.mark.parametrize(("link", "code"), [(Link.USER_HUB, "blind:alice"), (Link.REST, "impotent:alice")])
def test_a_way_that_is_down_for_three_seconds_is_an_alarm_until_it_is_back(
    rules: RuleSet, link: Link, code: str
) -> None:
    all_up = dict.fromkeys(Link, UP)
    account, alarms, senses = watched(State(1, links=all_up), rules)
    senses.look(AT)
    account.state = replace(account.state, links={**all_up, link: LinkState(False, AT)})

    senses.look(AT)
    assert codes(alarms) == set()
    senses.look(Instant(AT + 3 * SECOND))
    assert codes(alarms) == {code}

    account.state = State(1, links=all_up)
    senses.look(Instant(AT + 4 * SECOND))
    assert codes(alarms) == set()


def test_an_account_that_cannot_be_read_beside_a_live_stream_is_stale(rules: RuleSet) -> None:
    _, alarms, senses = watched(State(1, links=dict.fromkeys(Link, UP), synced_at=AT), rules)

    for second in (94, 96, 99):
        senses.look(Instant(AT + second * SECOND))

    assert codes(alarms) == {"stale:alice"}
