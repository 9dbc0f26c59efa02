"""What really happened at the venue, with a version for each change of a position and who caused it."""

from collections import defaultdict

from connectors.simulator.core.happenings import Happening, PositionChanged, TradeMade
from engine.commands import Command, PlaceStop
from service.rehearsal.stage import Stage


class Truth:
    """Sizes as the venue has them. `ours` and `theirs` count the contracts taken off by us and by others."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.sizes: dict[str, int] = defaultdict(int)
        self.versions: dict[str, int] = defaultdict(int)
        self.history: dict[str, list[tuple[int, int]]] = defaultdict(lambda: [(0, 0)])
        self.ours: dict[str, int] = defaultdict(int)
        self.theirs: dict[str, int] = defaultdict(int)
        self.foreign: dict[str, int] = defaultdict(int)

    def tell(self, happening: Happening) -> None:
        """Take in one happening of our account."""
        match happening:
            case TradeMade(trade=trade) if trade.account_id == self._stage.account and not trade.voided:
                before = self.sizes[trade.contract_id]
                after = before + trade.side.sign * trade.size
                command = self._stage.ours.get(trade.order_id)
                self._count(trade.contract_id, before, after, command)
                self._stage.listener.filled(trade.contract_id, before, after, command, trade.order_id)
                self.sizes[trade.contract_id] = after
            case PositionChanged(position=row) if row.account_id == self._stage.account:
                assert row.size == self.sizes[row.contract_id], "the venue's own books disagree"
                self.versions[row.contract_id] += 1
                self.history[row.contract_id].append(
                    (self.ours[row.contract_id], self.theirs[row.contract_id])
                )
            case _:
                pass

    def _count(self, contract: str, before: int, after: int, command: Command | None) -> None:
        if command is None:
            self.foreign[contract] += 1
        taken = abs(before) - abs(after) if before * after >= 0 else abs(before)
        if taken <= 0:
            return
        if command is None or isinstance(command, PlaceStop):
            self.theirs[contract] += taken  # a stop that fills is the market's doing, whoever placed it
        else:
            self.ours[contract] += taken

    def gross(self) -> int:
        """Return the sum of all sizes."""
        return sum(abs(size) for size in self.sizes.values())
