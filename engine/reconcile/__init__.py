"""Desired against actual: the smallest set of requests that brings one contract inside its target.

One file for each dimension. Nothing is remembered here: called again and again until the venue shows the wanted state.
"""

from engine.reconcile.orders import leftovers, order_steps
from engine.reconcile.sizes import is_size_inside, size_steps
from engine.reconcile.steps import Cancel, Close, Reduce, Resize, Step
from engine.state import State
from engine.targets import Target

__all__ = ["Cancel", "Close", "Reduce", "Resize", "Step", "is_inside", "is_size_inside", "reconcile"]


def reconcile(state: State, target: Target, exits: frozenset[int]) -> list[Step]:
    """Return what to ask for now, in order: cancel what raises exposure, then the size, then what is left over.

    `exits` are orders that protected what we closed; when their position shrank they must shrink too.
    """
    return [*order_steps(state, target), *size_steps(state, target), *leftovers(state, target, exits)]


def is_inside(state: State, target: Target, exits: frozenset[int]) -> bool:
    """Say whether the venue's view of a contract is inside its target, nothing left to ask for."""
    return is_size_inside(state, target) and not reconcile(state, target, exits)
