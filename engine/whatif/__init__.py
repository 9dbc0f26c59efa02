"""What would happen if: an order, or losers, tried on a copy of the state through the very `step` that guards.

Nothing here judges. Events that never happened go through the engine, and what it decides is the answer; the account's
own state is frozen and stays as it is.
"""

from engine.whatif.budget import Budget, Stop, budget
from engine.whatif.check import LARGEST, Checked, check, most
from engine.whatif.findings import Finding, FindingKind
from engine.whatif.trial import Trial

__all__ = [
    "LARGEST",
    "Budget",
    "Checked",
    "Finding",
    "FindingKind",
    "Stop",
    "Trial",
    "budget",
    "check",
    "most",
]
