"""Looking at every rule that the event concerns: windows first, then conditions, then warnings."""

from engine.evaluation import facts_for, latch_key, reads_any, subjects, view_for
from engine.facts import Facts
from engine.fire import fire
from engine.held import Latch, Phase
from engine.latches import advance
from engine.marks import first_quote_due, goes_stale_at
from engine.measure import known_from, update
from engine.outcome import DecisionKind
from engine.parts import later_dues
from engine.rule import MessageContext, Rule, RuleScope, Topic
from engine.settings import Settings
from engine.settling import must_wait
from engine.subject import Subject, SubjectKind
from engine.units import Instant
from engine.work import Work


def judge(work: Work) -> None:
    """Evaluate the rules that read what changed, and those whose time has come.

    Nothing is judged before the venue's own view is known (`rules.md` 1.0 j); trades that close meanwhile wait.
    """
    _let_trades_wait(work)
    if not work.state.is_confirmed:
        return
    for rule in work.rules.looked_at:
        if rule.expires is not None and rule.expires <= work.state.now:
            continue
        if rule.scope is RuleScope.TRADE:
            _judge_trades(work, rule)
            continue
        if must_wait(work.state, rule):
            continue  # it is looked at as soon as the messages fit together
        for subject in subjects(work.state, rule):
            if reads_any(rule, work.changed) or _is_due(work, rule, subject):
                _judge_subject(work, rule, subject)


def _judge_subject(work: Work, rule: Rule, subject: Subject) -> None:
    facts = facts_for(work.state, work.rules, rule, subject)
    update(work, facts.view, rule)
    if work.state is not facts.view.state:  # its windows hold something else now
        facts = facts_for(work.state, work.rules, rule, subject)
    for tier in rule.tiers:
        try:
            advance(work, rule, tier, facts)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            work.decide(
                DecisionKind.FAULT,
                rule.name,
                tier=tier.name,
                subject=subject.key,
                message=f"could not be evaluated: {error}",
            )
    _warn(work, rule, facts)
    _note_wake(work, rule, facts)


def _let_trades_wait(work: Work) -> None:
    waiting = (*work.state.unjudged, *work.new_trades)
    left = () if work.state.is_confirmed else waiting
    if work.state.unjudged != left:
        work.set(unjudged=left)
    work.new_trades = waiting


def _judge_trades(work: Work, rule: Rule) -> None:
    """Look at each newly closed trade exactly once. Windows are kept up in between: a lock may wait on one."""
    update(work, view_for(work.state, work.rules, rule, Subject(SubjectKind.TRADE)), rule)
    for trade in work.new_trades:
        subject = Subject(SubjectKind.TRADE, trade.contract)
        facts = facts_for(work.state, work.rules, rule, subject, trade)
        for tier in rule.tiers:
            if tier.when(facts) is True:
                fire(work, rule, tier, facts)


def _warn(work: Work, rule: Rule, facts: Facts) -> None:
    """Tell the rule's early warning once, when it becomes true."""
    if rule.warn is None:
        return
    answer = rule.warn.when(facts)
    if answer is None:
        return
    key = latch_key(rule, WARNING, facts.view.subject)
    was = key in work.state.latches
    if answer and not was:
        is_breached = _is_breached(work, rule, facts)
        work.put("latches", key, Latch(Phase.BREACHED, work.state.now))
        if not is_breached:
            work.decide(
                DecisionKind.WARN,
                rule.name,
                subject=facts.view.subject.key,
                mode=work.mode(rule).name.lower(),
                message=rule.warn.message(facts, MessageContext()),
                severity=rule.severity,
                tell=("trader",),
            )
    elif was and not answer:
        work.put("latches", key, None)


def _is_breached(work: Work, rule: Rule, facts: Facts) -> bool:
    latches = [work.state.latches.get(latch_key(rule, tier.name, facts.view.subject)) for tier in rule.tiers]
    return any(latch is not None and latch.phase is Phase.BREACHED for latch in latches)


WARNING = "!"
"""The tier name under which an early warning's latch is kept."""


def _is_due(work: Work, rule: Rule, subject: Subject) -> bool:
    wake = work.state.wakes.get(_wake_key(rule, subject))
    return wake is None or wake <= work.state.now


def _wake_key(rule: Rule, subject: Subject) -> str:
    return f"{rule.name}/{subject.key}"


def _note_wake(work: Work, rule: Rule, facts: Facts) -> None:
    """Remember when time alone could change an answer of the rule."""
    state = work.state
    moments = [rule.wake(facts), state.resets.get(rule.name)]
    for key in rule.windows:
        moments += (facts.changes[key], known_from(facts.view, rule.windows[key]))
    if state.positions and Topic.QUOTES in rule.reads:
        moments += _price_moments(work, facts.view.settings)
    for tier in rule.tiers:
        key = latch_key(rule, tier.name, facts.view.subject)
        latch = state.latches.get(key)
        if rule.for_each_scale_in:
            moments += later_dues(state, key)
        if latch is not None:
            moments.append(latch.due)
            if latch.clearing is not None:
                moments.append(Instant(latch.clearing + rule.clear_for))
    later = [moment for moment in moments if moment is not None and moment > state.now]
    work.put("wakes", _wake_key(rule, facts.view.subject), min(later, default=NEVER))


def _price_moments(work: Work, settings: Settings) -> list[Instant | None]:
    """Return when a price goes stale or may come for the first time; worked out once a step, not once a rule."""
    known = work.price_moments.get(settings.fresh_for)
    if known is None:
        state = work.state
        known = [goes_stale_at(state, settings, contract) for contract in state.positions]
        known.append(first_quote_due(state, settings))
        work.price_moments[settings.fresh_for] = known
    return known


NEVER = Instant(2**62)
"""Later than any deadline."""
