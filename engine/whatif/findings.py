"""What the engine decided on a walk, as findings: which rule, what it does, and until when."""

from dataclasses import dataclass
from enum import StrEnum

from engine.enforcement import Enforcement, Reason
from engine.evaluation import latch_key, subjects
from engine.events import ClockTick
from engine.held import Phase
from engine.modes import effective_mode, may_act
from engine.outcome import Decision, DecisionKind
from engine.rule import Rule
from engine.targets import Target, targets
from engine.units import Instant
from engine.whatif.walk import Walk
from engine.wishes import Wish
from engine.work import Work


class FindingKind(StrEnum):
    """What a finding is: a rule broken, an entry under a lock, a lock that follows, a timer, or a warning."""

    BREACH = "breach"
    REENTRY = "reentry"
    LOCK = "lock"
    PENDING = "pending"
    WARN = "warn"
    UNKNOWN = "unknown"


KINDS = {
    DecisionKind.BREACH: FindingKind.BREACH,
    DecisionKind.REENTRY: FindingKind.REENTRY,
    DecisionKind.LOCK: FindingKind.LOCK,
    DecisionKind.LOCK_EXTENDED: FindingKind.LOCK,
    DecisionKind.WARN: FindingKind.WARN,
    DecisionKind.UNKNOWN: FindingKind.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that would follow. `mode` below `enforce`: it is said, nothing is done.

    `until` is when a lock ends or a timer acts; `value` and `limit` are the rule's gauge in steps of `unit`.
    """

    kind: FindingKind
    rule: str
    title: str
    tier: str
    subject: str
    mode: str
    text: str
    value: int | None = None
    limit: int | None = None
    unit: str = ""
    until: Instant | None = None


def findings_of(walk: Walk) -> tuple[Finding, ...]:
    """Return what was decided since the walk began, each thing once, and the timers that now run."""
    titles = {rule.name: rule.title for rule in walk.rules.rules}
    found = [_decided(decision, titles) for decision in walk.decisions if decision.kind in KINDS]
    found += [one for rule in walk.rules.rules for one in _pending(walk, rule)]
    return tuple(dict.fromkeys(found))


def acted_on(walk: Walk, contract: str) -> tuple[Finding, ...]:
    """Return why the guard acts: the new reasons of its enforcements, and those that bind a contract's size."""
    titles = {rule.name: rule.title for rule in walk.rules.rules}
    reasons: list[tuple[bool, Reason | Wish]] = [
        (record.is_reentry, reason)
        for record in walk.state.enforcements.values()
        for reason in record.reasons
        if _is_news(walk, record, reason)
    ]
    target = wanted(walk).get(contract)
    bound = target.broken(walk.state.size(contract)) if target else ()
    reasons += [(reason.lock in walk.before.locks, reason) for reason in bound]
    return tuple(
        Finding(
            FindingKind.REENTRY if is_reentry else FindingKind.BREACH,
            reason.rule, titles.get(reason.rule, reason.rule), reason.tier, contract, "enforce", reason.text,
        )
        for is_reentry, reason in reasons
    )  # fmt: skip


def wanted(walk: Walk) -> dict[str, Target]:
    """Return what the guard wants of each contract now; nothing where it may not act."""
    if not may_act(walk.state, walk.rules):
        return {}
    return targets(Work(walk.state, ClockTick(walk.now), walk.rules))


def kept(walk: Walk) -> dict[str, int]:
    """Return what is left of each position, signed, once the guard has its way."""
    aims, left = wanted(walk), {}
    for contract, held in walk.state.positions.items():
        cap = aims[contract].cap(held.size) if contract in aims else None
        size = abs(held.size) if cap is None else min(abs(held.size), cap)
        left[contract] = size if held.size > 0 else -size
    return {contract: size for contract, size in left.items() if size}


def _is_news(walk: Walk, record: Enforcement, reason: Reason) -> bool:
    before = walk.before.enforcements.get(record.id)
    return before is None or reason.rule not in {old.rule for old in before.reasons}


def _decided(decision: Decision, titles: dict[str, str]) -> Finding:
    return Finding(
        KINDS[decision.kind],
        decision.rule,
        titles.get(decision.rule, decision.rule),
        decision.tier,
        decision.subject,
        decision.mode,
        decision.message,
        decision.value,
        decision.limit,
        decision.unit,
        decision.until,
    )


def _pending(walk: Walk, rule: Rule) -> list[Finding]:
    """Return the timers of a rule that run now and did not before."""
    found = []
    for subject in subjects(walk.state, rule):
        for tier in rule.tiers:
            key = latch_key(rule, tier.name, subject)
            latch, before = walk.state.latches.get(key), walk.before.latches.get(key)
            if latch is None or latch.phase is not Phase.PENDING or latch == before:
                continue
            mode = effective_mode(walk.state, walk.rules, rule).name.lower()
            found.append(
                Finding(
                    FindingKind.PENDING,
                    rule.name,
                    rule.title,
                    tier.name,
                    subject.key,
                    mode,
                    "",
                    until=latch.due,
                )
            )
    return found
