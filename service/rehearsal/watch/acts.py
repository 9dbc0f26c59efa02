"""I3 and I4: what we do at the venue takes a position toward flat, and nothing sized is done twice."""

from collections import defaultdict
from dataclasses import dataclass

from engine.commands import ClosePosition, Command, PlaceStop, ReducePosition, TakeSnapshot
from engine.events import Event, FillSeen, GuardStarted, PositionSeen, SnapshotTaken
from engine.outcome import Outcome
from engine.sizes_told import REST_LAG, least_held
from engine.state import State
from engine.units import SECOND
from service.rehearsal.clockwork import MILLISECOND
from service.rehearsal.listener import Violation
from service.rehearsal.watch.forgotten import RACE, Forgotten
from service.rehearsal.watch.scene import Scene, Watcher
from service.rehearsal.watch.undecided import is_undecided

AFTERMATH = 3 * SECOND
"""How long a message that was older than a reading can still lead to a wrong size: until the venue is read again."""
MISTAKEN = 10 * SECOND
"""How long an order of the trader's that looked like ours can stand for our request (`engine/reduce/own.py`)."""
OTHER_REASONS = frozenset({"no_stop", "daily_loss", "session"})
"""Rules that close for another reason than a limit of size."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What the guard knew when it asked: the size, and how much had been taken off by then as far as it saw.

    `held`: the size without sign less what fills of its own orders contradict. `seen`: how new the size is.
    """

    size: int
    held: int
    ours: int
    theirs: int
    seen: int
    is_old: bool


class Acts(Watcher):
    """Follows each sized request from the asking to its fills."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.beliefs: dict[str, Belief] = {}
        self.foreign_at: dict[int, int] = {}
        self.is_viewed = False
        self.old_until: dict[str, int] = {}
        self.told_when: dict[str, int] = {}
        self.mistaken_until = 0
        self.told: dict[str, int] = defaultdict(int)
        self.told_fills: set[int] = set()
        self.forgotten = Forgotten()

    def crashed(self) -> None:
        self.forgotten.crashed()

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if isinstance(event, GuardStarted):
            self.is_viewed = False
        self._hear_fills(event)
        self._hear_of_the_disk()
        if after.ledger.own_orders - before.ledger.own_orders - self.scene.stage.ours.keys():
            self.mistaken_until = self.scene.stage.now + MISTAKEN
        if isinstance(event, PositionSeen):
            self.told_when[event.position.contract] = self._ahead()
            for contract in self.scene.guard.outdated:
                self.old_until[contract] = self.scene.stage.now + AFTERMATH
        if isinstance(event, SnapshotTaken):
            self.is_viewed = True
            for contract in self.scene.guard.outdated:
                if after.size(contract) != before.size(contract):
                    self._overruled(contract)

    def _overruled(self, contract: str) -> None:
        """Say no to a reading that undid what the stream had told since, unless the guard's clock was set between."""
        margin = REST_LAG - self.scene.stage.plan.lag_ms * MILLISECOND
        if self._ahead() - self.told_when.get(contract, self._ahead()) < margin:
            raise Violation("I4", f"an old reading of {contract} overruled what the stream had said since")
        self.old_until[contract] = self.scene.stage.now + AFTERMATH
        self.races["the clock was set right between message and reading"] += 1

    def _ahead(self) -> int:
        """Return by how much the guard's time is ahead of the venue's."""
        stage = self.scene.stage
        return stage.trusted() - stage.now - stage.clockwork.leap

    def _hear_of_the_disk(self) -> None:
        """Take what waited for the disk as written down once it takes something again."""
        if not self.scene.is_forgetful():
            self.forgotten.written()

    def _hear_fills(self, event: Event) -> None:
        """Count what the guard was told, by fills, that our orders took off."""
        heard = event.fills if isinstance(event, SnapshotTaken) else ()
        for fill in (event.fill,) if isinstance(event, FillSeen) else heard:
            if fill.id not in self.told_fills and fill.order_id in self.scene.stage.ours:
                self.told_fills.add(fill.id)
                self.told[fill.contract] += fill.size

    def asked(self, command: Command, state: State) -> None:
        if not self.is_viewed and not isinstance(command, TakeSnapshot):
            raise Violation("I4", f"{command} before the venue was read after a start")
        self.forgotten.asked(command.id, is_kept=not self.scene.is_forgetful())
        if isinstance(command, ClosePosition | ReducePosition):
            self._not_too_much(command, state)
            contract = command.contract
            seen = self.scene.guard.view.get(contract, 0)
            is_lately = self.old_until.get(contract, 0) >= self.scene.stage.now
            ours, theirs = self.scene.truth.history[contract][
                min(seen, len(self.scene.truth.history[contract]) - 1)
            ]
            self.beliefs[command.id] = Belief(
                state.size(contract),
                least_held(state, contract),
                max(ours, self.told[contract]),
                theirs,
                seen,
                is_lately or is_undecided(contract, state, self.scene.guard),
            )

    def accepted(self, command: Command, order_id: int) -> None:
        contract = command.contract  # type: ignore[union-attr]
        self.foreign_at[order_id] = self.scene.truth.foreign[contract]

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        if command is None:
            return
        self.forgotten.filled(command.id, contract, self.scene.truth.versions[contract] + 1)
        raced = self.scene.truth.foreign[contract] > self.foreign_at[order_id]
        toward = (before * after >= 0 and abs(after) < abs(before)) if before else False
        if not toward:
            if self._was_forgotten(command):
                self.races[RACE] += 1
                return
            if not raced and not isinstance(command, PlaceStop):
                raise Violation("I3", f"{command} took {contract} from {before:+d} to {after:+d}")
            self.races["the trader was faster than our order"] += 1
            return
        if isinstance(command, ReducePosition):
            self._not_twice(command, before, after)

    def _was_forgotten(self, command: Command) -> bool:
        """Say whether a request of a dead process, which nothing told of, took something off besides this one."""
        belief = self.beliefs.get(command.id)
        if belief is None:
            return False
        return self.forgotten.is_concerned(command.id, command.contract, belief.seen)  # type: ignore[union-attr]

    def _not_too_much(self, command: ClosePosition | ReducePosition, state: State) -> None:
        """Compare with the excess, where nothing but a limit of size can be the reason."""
        armed = self.scene.guard.armed
        if (
            armed.is_shipped
            or state.locks
            or not OTHER_REASONS.isdisjoint(rule.name for rule in armed.rules.rules)
        ):
            return
        held = {contract: abs(state.size(contract)) for contract in self.scene.stage.contracts}
        excess = sum(held.values()) - armed.most if armed.most is not None else 0
        excess_each = held[command.contract] - armed.most_each if armed.most_each is not None else 0
        size = command.size if isinstance(command, ReducePosition) else held[command.contract]
        if size > max(excess, excess_each):
            raise Violation("I4", f"{command} takes {size} of {held}, more than the excess")

    def _not_twice(self, command: ReducePosition, before: int, after: int) -> None:
        belief = self.beliefs[command.id]
        wanted = belief.held - command.size
        if abs(after) >= wanted or belief.size * before < 0:
            return
        if self.mistaken_until >= self.scene.stage.now:
            self.races["an order of the trader was taken for ours"] += 1
            return
        if belief.is_old:
            self.races["an old message came after a newer reading"] += 1
            return
        truth = self.scene.truth
        if self._was_forgotten(command):
            self.races[RACE] += 1
            return
        taken_by_us = truth.ours[command.contract] - belief.ours - (abs(before) - abs(after))
        taken_by_us -= (
            abs(belief.size) - belief.held
        )  # what its fills told of, and what it did not ask for again
        taken_by_them = truth.theirs[command.contract] - belief.theirs
        if taken_by_us > 0:
            raise Violation(
                "I4",
                f"{command} from {before:+d} to {after:+d}, wanted {wanted}: {taken_by_us} were taken off before",
            )
        if taken_by_them <= 0:
            raise Violation(
                "I4", f"{command} from {before:+d} to {after:+d}, wanted {wanted}: nobody else took any"
            )
        self.races["the trader reduced at the same time"] += 1
