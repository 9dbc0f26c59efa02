"""check: what would follow from an order, and how many contracts may be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.marks import mark
from engine.rule import RuleSet
from engine.state import State
from engine.units import PRICE_SCALE, Instant, Money, Price
from engine.venue import Position
from engine.whatif.findings import Finding, FindingKind, acted_on, findings_of, kept
from engine.whatif.trial import Trial, entry, known_costs, stopped_out
from engine.whatif.walk import Walk

ANY_PRICE = Price(1_000_000 * PRICE_SCALE)
"""Stands in for a price that nobody knows: distances from it are right, and no quote is compared with it."""

LARGEST = 1000
"""Contracts beyond which nobody asks."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an order would lead to. Sizes are signed: `held` are all positions after it, `kept` what the guard leaves.

    `price` None: it is not known, so nothing that needs a price was looked at. `costs` None: this symbol's fees are
    not known yet and were left out. `stopped` is what follows if the stop is hit, `lost` what that would cost, net.
    """

    trial: Trial
    before: int
    after: int
    held: Mapping[str, int]
    kept: Mapping[str, int]
    findings: tuple[Finding, ...]
    price: Price | None
    costs: Money | None
    stopped: tuple[Finding, ...] = ()
    lost: Money | None = None

    @property
    def is_larger(self) -> bool:
        """Whether the order opens anything; one that only reduces is an exit."""
        return abs(self.after) > abs(self.before) or self.before * self.after < 0

    @property
    def is_closed(self) -> bool:
        """Whether the guard would undo the order, or close anything else because of it."""
        acts = (FindingKind.BREACH, FindingKind.REENTRY)
        is_acted = any(one.kind in acts and one.mode == "enforce" for one in self.findings)
        return is_acted and self.kept != self.held

    @property
    def is_locked_after(self) -> bool:
        """Whether entries would be locked by what this order brings about."""
        return any(one.kind is FindingKind.LOCK for one in self.findings)


def check(state: State, rules: RuleSet, trial: Trial, now: Instant) -> Checked:
    """Return what would follow if the order filled now, whole, at the price at which it can be filled."""
    walk = Walk(state, rules, now)
    before = walk.state.size(trial.contract)
    after = before + trial.side.sign * trial.size
    price = _price(walk, trial)
    walk.hear(*entry(walk.state, trial, price or _no_price(walk, trial), walk.now))
    held = {contract: position.size for contract, position in walk.state.positions.items()}
    costs = known_costs(walk.before, trial.contract)
    checked = Checked(trial, before, after, held, kept(walk), (), price, costs)
    found = findings_of(walk)
    more = acted_on(walk, trial.contract)
    checked = replace(checked, findings=(*found, *_news(more, found)))
    return _with_stop(walk, checked) if checked.is_larger else checked


def most(state: State, rules: RuleSet, trial: Trial, now: Instant) -> int:
    """Return the largest size of such an order that the guard would leave alone, at most `LARGEST`; 0 for none."""
    fine, closed = 0, LARGEST + 1
    size = 1
    while closed - fine > 1:
        is_closed = check(state, rules, replace(trial, size=size, stop=None), now).is_closed
        fine, closed = (fine, size) if is_closed else (size, closed)
        size = min(size * 2, LARGEST) if closed > LARGEST else (fine + closed) // 2
    return fine


def _price(walk: Walk, trial: Trial) -> Price | None:
    """Return the price at which such an order fills: the one at which the opposite position could be left."""
    position = Position(trial.contract, -trial.side.sign, ANY_PRICE, walk.now)
    return mark(walk.state, replace(walk.rules.settings, mark="executable"), position)


def _no_price(walk: Walk, trial: Trial) -> Price:
    """Return what stands in for an unknown price: the entry of what is held, so that closing it books nothing."""
    held = walk.state.positions.get(trial.contract)
    return held.average_price if held else ANY_PRICE


def _news(more: tuple[Finding, ...], found: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings whose rule is not among those that were found already."""
    acts = (FindingKind.BREACH, FindingKind.REENTRY)
    known = {one.rule for one in found if one.kind in acts}
    return [one for one in more if one.rule not in known]


def _with_stop(walk: Walk, checked: Checked) -> Checked:
    """Go on to where the stop is hit, if there is one and the order would be left alone."""
    contract = checked.trial.contract
    known = walk.before.orders
    stop = next((o for o in walk.state.orders.values() if o.id not in known and o.stop_price), None)
    if stop is None or checked.is_closed or contract not in walk.state.positions:
        return checked
    balance = walk.state.status.balance if walk.state.status else None
    onward = Walk(walk.state, walk.rules, walk.now)
    onward.hear(*stopped_out(onward.state, stop, onward.now))
    after = onward.state.status.balance if onward.state.status else None
    entered = (checked.costs or 0) * checked.trial.size
    lost = None if balance is None or after is None else Money(balance - after + entered)
    return replace(checked, stopped=findings_of(onward), lost=lost)
