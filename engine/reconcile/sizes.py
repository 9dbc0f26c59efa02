"""Sizes: close or reduce what is larger than wanted. Never by an opposite order, which could flip (`rules.md` 1.0)."""

from engine.reconcile.steps import Close, Reduce, Step
from engine.sizes_told import believed_from, least_held
from engine.state import State
from engine.targets import Target


def size_steps(state: State, target: Target) -> list[Step]:
    """Return at most one request about the size of a contract."""
    if is_size_inside(state, target):
        return []
    cap = target.cap(state.size(target.contract))
    if not cap:
        return [Close(target.contract)]
    excess = least_held(state, target.contract) - cap
    believed = believed_from(state, target.contract)
    may_be_old = believed is not None and state.now < believed
    return [Reduce(target.contract, excess)] if excess > 0 and not may_be_old else []


def is_size_inside(state: State, target: Target) -> bool:
    """Say whether a position is no larger than wanted, as the venue tells it."""
    size = state.size(target.contract)
    cap = target.cap(size)
    return size == 0 or cap is None or abs(size) <= cap
