"""Rules about results, counts and hours, made by hand, with windows of the language's own aggregates."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dsl.aggregates.count import Count
from dsl.aggregates.sum import Sum
from engine.actions import Action
from engine.actions.cooldown import Cooldown
from engine.actions.flatten import Flatten
from engine.actions.lock import LockEntries
from engine.facts import Facts
from engine.rule import Mode, Rule, RuleScope, Tier, Topic
from engine.streams import Stream
from engine.units import MINUTE, SCALE, SECOND, Duration, Instant, Money
from engine.windows import OverLast, SpanStart, Window
from service.rehearsal.hours import Daily
from service.rehearsal.plan import Plan
from service.rehearsal.rules_size import never, say

DAY_LOSS = Money(60 * SCALE)
MOST_ENTRIES = 6
MOST_LOSSES = 2


def daily_loss(_plan: Plan) -> Rule:
    """Return the rule: a lost day is over, flat, and locked until the next reset."""
    booked = Window(
        "booked",
        Stream.FILLS,
        SpanStart.RESET,
        lambda item, facts: True,
        lambda item, facts: int(item.pnl),
        Sum(rolling=False),
    )

    def lost(facts: Facts) -> bool | None:
        result = facts.window("booked")
        return None if result is None else result <= -DAY_LOSS

    tier = Tier(
        "",
        lost,
        lambda facts: (Flatten("account"), LockEntries("account", "reset")),
        streams=frozenset({"fills"}),
    )
    return Rule(
        "daily_loss",
        "most loss in a day",
        Mode.ENFORCE,
        RuleScope.ACCOUNT,
        (tier,),
        frozenset({Topic.FILLS, Topic.CALENDAR}),
        say("daily_loss"),
        never,
        windows={"booked": booked},
        reset=Daily(),
    )


def session(_plan: Plan) -> Rule:
    """Return the rule: flat and locked while the session is closed."""
    return _by_the_hours("session", Flatten("account"))


def no_entries(_plan: Plan) -> Rule:
    """Return the rule: nothing is opened while the session is closed; what is held may stay."""
    return _by_the_hours("no_entries")


def _by_the_hours(name: str, *first: Action) -> Rule:
    def change(facts: Facts) -> Instant | None:
        return facts.view.settings.calendar.session("").next_change(facts.now)

    lock = LockEntries("account", "condition", condition="open", text="the session is open")
    tier = Tier("", lambda facts: not facts.session.is_open, lambda facts: (*first, lock))
    return Rule(
        name,
        "hours",
        Mode.ENFORCE,
        RuleScope.ACCOUNT,
        (tier,),
        frozenset({Topic.CALENDAR}),
        say(name),
        change,
        untils={"open": lambda facts: facts.session.is_open},
        until_wakes={"open": change},
    )


def cooldown(_plan: Plan) -> Rule:
    """Return the rule: a pause after a trade that lost."""
    tier = Tier(
        "",
        lambda facts: facts.trade.pnl < 0,
        lambda facts: (Cooldown(Duration(20 * SECOND)),),
        streams=frozenset({"trades"}),
    )
    return Rule(
        "cooldown",
        "a pause after a loss",
        Mode.ENFORCE,
        RuleScope.TRADE,
        (tier,),
        frozenset({Topic.FILLS}),
        say("cooldown"),
        never,
    )


def frequency(_plan: Plan) -> Rule:
    """Return the rule: so many entries within a minute, then none until there are fewer."""
    rule = _fewer("frequency", Stream.ENTRIES, lambda item, facts: True, MOST_ENTRIES)
    return replace(rule, title="most entries in a minute", reads=frozenset({Topic.FILLS, Topic.CALENDAR}))


def bad_streak(_plan: Plan) -> Rule:
    """Return the rule, looked at when a trade closes: so many losers within a minute, then none until fewer."""
    rule = _fewer("bad_streak", Stream.TRADES, lambda item, facts: item.pnl < 0, MOST_LOSSES)
    return replace(rule, title="most losers in a minute", scope=RuleScope.TRADE)


def _fewer(name: str, stream: Stream, keep: Callable[[Any, Facts], bool], most: int) -> Rule:
    """Return a rule that locks entries at so many items within a minute, until there are fewer."""
    window = Window(name, stream, OverLast(MINUTE), keep, lambda item, facts: 1, Count(rolling=True))

    def fewer(facts: Facts) -> bool | None:
        count = facts.window(name)
        return None if count is None else count < most * SCALE

    def many(facts: Facts) -> bool | None:
        answer = fewer(facts)
        return None if answer is None else not answer

    tier = Tier(
        "",
        many,
        lambda facts: (LockEntries("account", "condition", condition="fewer", text="there are fewer"),),
        streams=frozenset({stream.value}),
    )
    return Rule(
        name,
        name,
        Mode.ENFORCE,
        RuleScope.ACCOUNT,
        (tier,),
        frozenset({Topic.FILLS}),
        say(name),
        never,
        windows={name: window},
        untils={"fewer": fewer},
        until_wakes={"fewer": lambda facts: facts.window_change(name)},
    )
