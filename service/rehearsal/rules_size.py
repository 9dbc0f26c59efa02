"""Rules about size and about stops, made by hand: they do not need the language."""

from engine.actions import Action
from engine.actions.move_stop import MoveStop
from engine.actions.reduce_to import ReduceTo
from engine.actions.require_stop import RequireStop
from engine.facts import Facts
from engine.rule import Message, MessageContext, Mode, Rule, RuleScope, Tier, Topic
from engine.units import SCALE, SECOND, Contracts, Instant, Ticks, contracts
from service.rehearsal.plan import Plan

STOP_DISTANCE = Ticks(40 * SCALE)
AHEAD = 8 * SCALE
"""Ticks of profit from which on a stop is moved to the entry."""


def never(_facts: Facts) -> Instant | None:
    """Time alone changes nothing."""
    return None


def say(name: str) -> Message:
    """Return the message of a rule."""

    def message(_facts: Facts, context: MessageContext) -> str:
        return f"{name} until {context.lock_until}" if context.lock_until else name

    return message


def max_contracts(plan: Plan) -> Rule:
    """Return the rule: at most so many contracts in all."""
    most = contracts(plan.limit)

    def over(facts: Facts) -> bool | None:
        held = facts.account.gross_contracts
        return None if held is None else held > most

    tier = Tier("", over, lambda facts: (ReduceTo(most),))
    return Rule(
        "max_contracts",
        "most contracts",
        Mode.ENFORCE,
        RuleScope.ACCOUNT,
        (tier,),
        frozenset({Topic.POSITIONS}),
        say("max_contracts"),
        never,
    )


def max_each(plan: Plan) -> Rule:
    """Return the rule: at most so many contracts of one symbol."""
    most = contracts(plan.limit_each)

    def over(facts: Facts) -> bool | None:
        held = facts.symbol.quantity
        return None if held is None else held > most

    tier = Tier("", over, lambda facts: (ReduceTo(most),))
    return Rule(
        "max_each",
        "most contracts of a symbol",
        Mode.ENFORCE,
        RuleScope.SYMBOL,
        (tier,),
        frozenset({Topic.POSITIONS}),
        say("max_each"),
        never,
    )


def no_stop(plan: Plan) -> Rule:
    """Return the rule: what has no stop for too long is closed, what is covered stays."""

    def naked(facts: Facts) -> bool | None:
        size = facts.position.uncovered
        return None if size is None else size > 0

    def then(facts: Facts) -> tuple[Action, ...]:
        covered = facts.position.covered
        return () if covered is None else (ReduceTo(Contracts(covered)),)

    tier = Tier("", naked, then, hold=lambda facts: plan.grace * SECOND)
    return Rule(
        "no_stop",
        "a stop for every contract",
        Mode.ENFORCE,
        RuleScope.POSITION,
        (tier,),
        frozenset({Topic.POSITIONS, Topic.ORDERS, Topic.QUOTES}),
        say("no_stop"),
        never,
    )


def require_stop(_plan: Plan) -> Rule:
    """Return the rule: a stop is placed where there is none."""

    def naked(facts: Facts) -> bool | None:
        size = facts.position.uncovered
        return None if size is None else size > 0

    tier = Tier("", naked, lambda facts: (RequireStop(STOP_DISTANCE),), hold=lambda facts: 3 * SECOND)
    return Rule(
        "require_stop",
        "a stop is placed",
        Mode.ENFORCE,
        RuleScope.POSITION,
        (tier,),
        frozenset({Topic.POSITIONS, Topic.ORDERS, Topic.QUOTES}),
        say("require_stop"),
        never,
    )


def trail(_plan: Plan) -> Rule:
    """Return the rule: a position that is ahead gets its stops moved to its entry."""

    def ahead(facts: Facts) -> bool | None:
        ticks = facts.position.profit_ticks
        if ticks is None:
            return None if facts.position.quantity is None or facts.position.quantity else False
        return ticks >= AHEAD

    def then(facts: Facts) -> tuple[Action, ...]:
        entry = facts.position.entry_price
        return () if entry is None else (MoveStop(entry),)

    tier = Tier("", ahead, then)
    return Rule(
        "trail",
        "stops follow",
        Mode.ENFORCE,
        RuleScope.POSITION,
        (tier,),
        frozenset({Topic.POSITIONS, Topic.ORDERS, Topic.QUOTES}),
        say("trail"),
        never,
    )
