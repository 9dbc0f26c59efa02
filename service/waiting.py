"""What was asked for and is not in force yet: kept in the store, shown to everybody, called off by an admin."""

from dataclasses import dataclass, replace

from dsl.ratchet.change import Change
from engine.units import Instant
from service.store.encode import from_text, to_text


@dataclass(frozen=True, slots=True)
class Step:
    """Rules by their digest, and from when on they may be taken over. `is_looser`: they allow more."""

    digest: str
    due: Instant
    is_looser: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The steps to come, in order, and the changes that they bring."""

    asked_at: Instant
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]

    @property
    def due(self) -> Instant:
        """When the last of it may take effect."""
        return self.steps[-1].due

    @property
    def digest(self) -> str:
        """The rules that are in force at the end."""
        return self.steps[-1].digest

    def after_first(self) -> "Waiting | None":
        """Return what is left once the first step is taken: only what is looser has a second one."""
        late = tuple(change for change in self.changes if change.verdict.waits)
        return replace(self, steps=self.steps[1:], changes=late) if len(self.steps) > 1 else None


def key_of(account: int) -> str:
    """Return under which name the store keeps what waits for an account."""
    return f"waiting:{account}"


def written(waiting: Waiting | None) -> str:
    """Return it as text for the store; empty for nothing."""
    return "" if waiting is None else to_text(waiting, Waiting)


def read(text: str | None) -> Waiting | None:
    """Return what a text of the store says. Raises NotStorable."""
    return from_text(text, Waiting) if text else None
