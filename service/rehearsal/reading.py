"""Reading the account by REST: three questions one after the other, so that the parts can be of different moments."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from connectors.simulator.core.kinds import Status
from engine.events import Answer, CommandAnswered, Event, Refusal, SnapshotTaken
from engine.units import Instant
from engine.venue import Fill, Order, Position
from service.rehearsal.translate import account_of, fill_of, order_of, position_of

if TYPE_CHECKING:
    from service.rehearsal.world import World


class Reader:
    """Takes snapshots. `requests` counts what that costs of the venue's budget."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._random = random.Random(f"{world.plan.seed} reading")  # noqa: S311 - a game, not a secret

    def read(self, since: Instant, name: str, reply: Callable[[Event], None]) -> None:
        """Read everything, fills since an instant; `reply` gets the view, or how the reading failed."""
        world = self._world
        asked_at = world.trusted()
        if world.rest.is_down or world.strikes(self._random, "blind_read"):
            verdict = self._random.choice(((Answer.UNKNOWN, None), (Answer.REFUSED, Refusal.LIMITED)))
            wait = self._random.choice((30, 300, 3000))
            world.clockwork.after(
                wait, lambda: reply(CommandAnswered(world.trusted(), world.account, name, *verdict))
            )
            return
        world.watch.requested(3)
        first, second, third, back = (world.rest.way() for _ in range(4))
        orders: list[Order] = []
        positions: list[Position] = []
        fills: list[Fill] = []
        versions: dict[str, int] = {}

        def read_orders() -> None:
            orders.extend(self._orders())

        def read_positions() -> None:
            positions.extend(
                position_of(row)
                for row in world.exchange.venue.positions.values()
                if row.account_id == world.account
            )
            versions.update(world.truth.versions)

        def read_fills() -> None:
            fills.extend(self._fills(since))

        def answer() -> None:
            status = account_of(world.exchange.venue.accounts[world.account])
            world.guard.read_version = versions
            reply(
                SnapshotTaken(
                    world.trusted(),
                    world.account,
                    asked_at,
                    status,
                    tuple(positions),
                    tuple(orders),
                    tuple(fills),
                    since,
                    world.plan.has_suspended,
                )
            )

        after = world.clockwork.after
        after(first, read_orders)
        after(first + second, read_positions)
        after(first + second + third, read_fills)
        after(first + second + third + back, answer)

    def _orders(self) -> list[Order]:
        world = self._world
        return [
            order_of(row)
            for row in world.exchange.venue.live_orders(world.account)
            if world.plan.has_suspended or row.status is not Status.SUSPENDED
        ]

    def _fills(self, since: Instant) -> list[Fill]:
        world = self._world
        rows = (row for row in world.exchange.venue.trades.values() if row.account_id == world.account)
        fills = (fill_of(row) for row in rows)
        return [fill for fill in fills if fill.executed_at >= since]
