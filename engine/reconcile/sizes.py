"""Sizes: close or reduce what is larger than wanted. Never by an opposite order, which could flip (`rules.md` 1.0)."""

from engine.reconcile.steps import Close, Reduce, Step
from engine.state import State
from engine.targets import Target


def size_steps(state: State, target: Target) -> list[Step]:
    """Return at most one request about the size of a contract."""
    size = state.size(target.contract)
    cap = target.cap(size)
    if size == 0 or cap is None or abs(size) <= cap:
        return []
    if cap == 0:
        return [Close(target.contract)]
    return [Reduce(target.contract, abs(size) - cap)]
