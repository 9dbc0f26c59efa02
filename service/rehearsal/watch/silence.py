"""I12: blind, impotent or halted is an alarm within 5 s, and the status shows it."""

from engine.events import Event, Link
from engine.outcome import Outcome
from engine.state import State
from engine.units import SECOND
from service.rehearsal.furniture import NAME
from service.rehearsal.guard_housed import HousedGuard
from service.rehearsal.listener import Violation
from service.rehearsal.watch.scene import Scene, Watcher

WITHIN = 5 * SECOND
LINKS = {"blind": Link.USER_HUB, "impotent": Link.REST}


class Silence(Watcher):
    """Notes when each sense is lost, in the venue's time, and looks once the time is over."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.lost: dict[str, int] = {}
        self.until: int | None = None

    def stepped(self, before: State, event: Event, after: State, outcome: Outcome) -> None:
        if not isinstance(self.scene.guard, HousedGuard) or before.links is after.links:
            return
        now = self.scene.stage.now
        for word, link in LINKS.items():
            seen = after.links.get(link)
            if seen is not None and seen.is_live:
                self.lost.pop(word, None)
            else:
                self.lost.setdefault(word, now)
        self._plan()

    def crashed(self) -> None:
        self.lost.clear()
        self.until = None

    def stood_still(self, length: int) -> None:
        """Let the time begin anew when the process runs on."""
        self.lost = dict.fromkeys(self.lost, self.scene.stage.now + length)
        self._plan()

    def _plan(self) -> None:
        self.until = min(self.lost.values()) + WITHIN if self.lost else None

    def looked(self) -> None:
        guard = self.scene.guard
        if self.until is None or self.scene.stage.now <= self.until or not isinstance(guard, HousedGuard):
            return
        if guard.is_still or not guard.is_running:
            return
        self.until = None
        shown = guard.inside.publisher.document()
        codes = {alarm["code"] for alarm in shown["daemon"]["alarms"]}
        links = shown["accounts"][0]["links"]
        for word, since in self.lost.items():
            if self.scene.stage.now <= since + WITHIN:
                continue
            if f"{word}:{NAME}" not in codes:
                raise Violation(
                    "I12", f"{word} since {self.scene.stage.now - since} µs, and there is no alarm: {codes}"
                )
            if links[LINKS[word].value]["is_live"]:
                raise Violation("I12", f"{word}, and the status says that the link is live")
        later = [since + WITHIN for since in self.lost.values() if since + WITHIN >= self.scene.stage.now]
        self.until = min(later, default=None)
