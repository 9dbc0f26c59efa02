"""What the rules would do right now: the account as the venue shows it, looked at once, with nothing sent."""

from dataclasses import dataclass, replace

from engine.events import Event, InstrumentsSeen, Link, LinkSeen, RulesArmed, SnapshotTaken
from engine.instruments import Instrument
from engine.outcome import Decision, DecisionKind
from engine.rule import Mode, RuleSet
from engine.state import State
from engine.step import step
from engine.view import GaugeReading, gauges

TOLD = frozenset({DecisionKind.BREACH, DecisionKind.PENDING, DecisionKind.WARN, DecisionKind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Trial:
    """`decisions` is what would happen if everything were enforced, `readings` how close each rule is."""

    decisions: tuple[Decision, ...]
    readings: tuple[GaugeReading, ...]


def tried(rules: RuleSet, instruments: tuple[Instrument, ...], view: SnapshotTaken) -> Trial:
    """Return what the rules say to an account as it is; the state is thrown away, and no command leaves."""
    everything = replace(rules, ceiling=Mode.ENFORCE)
    state, found = State(view.account), list[Decision]()
    events: list[Event] = [
        InstrumentsSeen(view.at, instruments),
        RulesArmed(view.at, view.account, rules.digest),
        *(LinkSeen(view.at, link, is_live=True) for link in Link),  # as they are once the guard runs
        view,
    ]
    for event in events:
        state, outcome = step(state, event, everything)
        found += [decision for decision in outcome.decisions if decision.kind in TOLD]
    once = {(one.kind, one.rule, one.subject): one for one in found}
    return Trial(tuple(once.values()), gauges(state, everything))
