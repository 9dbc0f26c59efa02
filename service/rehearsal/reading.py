"""Reading the account by REST: four questions one after the other, so that the parts can be of different moments."""

from collections.abc import Callable

from connectors.simulator.core.kinds import Status
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.settings import TimeSource
from engine.events import Answer, CommandAnswered, Event, Refusal, SnapshotTaken
from engine.units import Instant
from engine.venue import AccountStatus, Fill, Order, Position
from service.rehearsal.behind import Behind
from service.rehearsal.rest import Rest
from service.rehearsal.stage import Stage
from service.rehearsal.translate import account_of, fill_of, order_of, position_of
from service.rehearsal.truth import Truth

Versions = dict[str, int]
"""Which change of each position was the latest that a view shows."""

Reply = Callable[[Event, Versions], None]
SLOW_MS = (300.0, 2500.0)
COST = 3
"""Requests that one view takes of the venue's budget."""


class Reader:
    """Takes snapshots."""

    def __init__(self, stage: Stage, rest: Rest, truth: Truth) -> None:
        self._stage = stage
        self._rest = rest
        self._truth = truth
        self._random = stage.chance("reading")
        self.behind = Behind(stage, truth)

    def read(self, since: Instant, name: str, reply: Reply, use: Use = Use.BACKGROUND) -> None:
        """Read everything, fills since an instant; `reply` gets the view, or how the reading failed."""
        if self._rest.is_down or self._stage.strikes(self._random, "blind_read"):
            self._fail(name, reply)
            return
        if not self._stage.may_ask(use, COST):
            limited = CommandAnswered(
                self._stage.trusted(), self._stage.account, name, Answer.REFUSED, Refusal.LIMITED
            )
            self._stage.clockwork.after(0, lambda: reply(limited, {}))
            return
        View(self._stage, self._rest, self.behind, since, reply).begin()

    def _fail(self, name: str, reply: Reply) -> None:
        stage = self._stage
        verdict = self._random.choice(((Answer.UNKNOWN, None), (Answer.REFUSED, Refusal.LIMITED)))
        wait = self._random.choice((30, 300, 3000))

        def fail() -> None:
            if self._rest.is_down:
                stage.reached(False)
            reply(CommandAnswered(stage.trusted(), stage.account, name, *verdict), {})

        stage.clockwork.after(wait, fail)


class View:
    """One reading: orders, then positions, then fills, with time in between."""

    def __init__(self, stage: Stage, rest: Rest, behind: Behind, since: Instant, reply: Reply) -> None:
        self._stage, self._rest, self._behind = stage, rest, behind
        self._since, self._reply = since, reply
        self._random = stage.chance(f"reading {stage.now}")
        self._asked_at = stage.trusted()
        self._status: AccountStatus | None = None
        self._orders: tuple[Order, ...] = ()
        self._positions: tuple[Position, ...] = ()
        self._fills: tuple[Fill, ...] = ()
        self._versions: Versions = {}

    def begin(self) -> None:
        """Ask the first question; each answer asks the next. The account's row comes first, as in `rest/snapshot.py`."""
        self._then(self._read_account)

    def _then(self, action: Callable[[], None]) -> None:
        """Go on after one way; a slow one lets a reading that was asked for later be there first."""
        slow = self._random.uniform(*SLOW_MS) if self._stage.strikes(self._random, "slow") else 0.0
        self._stage.clockwork.after(self._rest.way() + slow, action)

    def _read_account(self) -> None:
        rows = self._behind.look().view.accounts
        self._status = account_of(next(row for row in rows if row.id == self._stage.account))
        self._then(self._read_orders)

    def _read_orders(self) -> None:
        self._stage.spoken(TimeSource.DATE_HEADER)
        has_suspended = self._stage.plan.has_suspended
        rows = (row for row in self._behind.look().view.orders if row.account_id == self._stage.account)
        shown = (row for row in rows if row.is_live and (has_suspended or row.status is not Status.SUSPENDED))
        self._orders = tuple(order_of(row, self._stage.clockwork.stamp) for row in shown)
        self._then(self._read_positions)

    def _read_positions(self) -> None:
        self._stage.spoken(TimeSource.DATE_HEADER)
        picture = self._behind.look()
        self._positions = tuple(
            position_of(row, self._stage.clockwork.stamp)
            for row in picture.view.positions
            if row.account_id == self._stage.account
        )
        self._versions = dict(picture.versions)
        self._then(self._read_fills)

    def _read_fills(self) -> None:
        self._stage.spoken(TimeSource.DATE_HEADER)
        stamp = self._stage.clockwork.stamp
        rows = (
            row
            for row in self._behind.look().view.trades
            if row.account_id == self._stage.account and stamp(row.created) >= self._since
        )
        self._fills = tuple(fill_of(row, stamp) for row in rows)
        self._then(self._answer)

    def _answer(self) -> None:
        stage = self._stage
        stage.spoken(TimeSource.DATE_HEADER)
        stage.reached(True)
        view = SnapshotTaken(
            stage.trusted(),
            stage.account,
            self._asked_at,
            self._status,
            self._positions,
            self._orders,
            self._fills,
            self._since,
            stage.plan.has_suspended,
        )
        self._reply(view, self._versions)
