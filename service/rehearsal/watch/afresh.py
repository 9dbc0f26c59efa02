"""I5: who looks at the venue afresh, with nothing under way and no pause to keep, finds nothing left to do."""

from dataclasses import replace

from connectors.simulator.core.kinds import Status
from engine.commands import TakeSnapshot
from engine.events import ClockTick, Event, QuoteSeen, SnapshotTaken
from engine.step import step
from engine.units import Instant
from service.rehearsal.listener import Violation
from service.rehearsal.translate import account_of, fill_of, order_of, position_of, quote_of
from service.rehearsal.watch.scene import Watcher


class Afresh(Watcher):
    """Shows a copy of the guard's state the truth. What it would ask for, the guard should have asked for long ago.

    It judges by all rules in force, shipped ones too, and finds what a rule wants and something keeps from being done.
    """

    def converged(self) -> None:
        guard, now = self.scene.guard, self.scene.stage.trusted()
        state, asked = replace(guard.state, in_flight={}, quiet={}), []
        for event in self._truth(now):
            state, outcome = step(state, event, guard.armed.rules)
            asked += [command for command in outcome.commands if not isinstance(command, TakeSnapshot)]
        if asked:
            raise Violation("I5", f"seen afresh there is something to do: {asked}")

    def _truth(self, now: Instant) -> list[Event]:
        """Return what the venue shows right now, quotes first."""
        stage = self.scene.stage
        venue, stamp = stage.exchange.venue, stage.clockwork.stamp
        held = sorted(self.scene.guard.state.contracts & venue.markets.keys())
        quotes = [QuoteSeen(now, quote_of(venue.markets[contract].quote(), stamp)) for contract in held]
        positions = tuple(
            position_of(row, stamp) for row in venue.positions.values() if row.account_id == stage.account
        )
        is_shown, live = stage.plan.has_suspended, venue.live_orders(stage.account)
        orders = tuple(order_of(row, stamp) for row in live if is_shown or row.status is not Status.SUSPENDED)
        since = self.scene.guard.fills_since()
        trades = (row for row in venue.trades.values() if row.account_id == stage.account)
        fills = tuple(fill_of(row, stamp) for row in trades if stamp(row.created) >= since)
        status = account_of(venue.accounts[stage.account])
        view = SnapshotTaken(now, stage.account, now, status, positions, orders, fills, since, is_shown)
        return [*quotes, ClockTick(now), view]
