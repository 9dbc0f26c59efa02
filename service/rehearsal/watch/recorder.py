"""What was decided, as a running hash (I11) and as lines on the tape."""

from collections import Counter

from engine.commands import Command
from engine.enforcement import Progress
from engine.events import ClockTick, Event, QuoteSeen, SnapshotTaken
from engine.outcome import Outcome
from engine.state import State
from service.rehearsal.watch.scene import Scene, Watcher


class Recorder(Watcher):
    """Writes everything that matters down. `decided` counts decisions and enforcements by kind."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.decided: Counter[str] = Counter()

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        for decision in outcome.decisions:
            self.decided[decision.kind.value] += 1
            self.scene.stage.hash.update(repr(decision).encode())
        for name in outcome.enforcements:
            record = after.enforcements.get(name)
            if record is not None and record.progress is not Progress.OPEN:
                self.decided[f"enforcements {record.progress.value}"] += 1
        for command in outcome.commands:
            self.scene.stage.hash.update(repr(command).encode())
        is_dull = isinstance(event, QuoteSeen | ClockTick)
        if not is_dull or outcome.commands or outcome.decisions:
            self.scene.stage.note(_words(event))
        for decision in outcome.decisions:
            self.scene.stage.note(
                f"    {decision.kind} {decision.rule} {decision.subject} {decision.lock} {decision.message}"
            )

    def asked(self, command: Command, state: State) -> None:
        self.scene.stage.note(f"    asks {command}")

    def filled(self, contract: str, before: int, after: int, command: Command | None, order_id: int) -> None:
        who = "ours" if command is not None else "theirs"
        self.scene.stage.note(f"venue: {contract} {before:+d} -> {after:+d} ({who}, order {order_id})")


def _words(event: Event) -> str:
    if isinstance(event, SnapshotTaken):
        sizes = {position.contract: position.size for position in event.positions}
        orders = [(o.id, o.side.value, o.kind.value, o.remaining, o.status.value) for o in event.orders]
        return f"hears SnapshotTaken asked {event.asked_at} {sizes} {orders} {len(event.fills)} fills"
    return f"hears {event}"
